import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { WinrmTarget } from '../../../../remote/wsus-server.ts';

export interface FuzzBotOptions {
  readonly servers: readonly { readonly name: string; readonly target: WinrmTarget }[];
  /** For what it keeps in files. */
  readonly folder: string;
  readonly appId: string;
  readonly openIdMetadata: string;
  readonly fileUrl: string;
}

const state = z.object({ rss: z.number(), heapUsed: z.number(), spokenTo: z.array(z.string()) });

export interface FuzzBot {
  readonly endpoint: string;
  /** Bytes after a garbage collection, and the hosts that it spoke to over HTTP. */
  look(): Promise<z.infer<typeof state>>;
  /** Its exit code. */
  stop(): Promise<number | null>;
  /** Undefined as long as it lives. */
  ended(): string | undefined;
}

/** @param onLine Every line of its log. */
export const startFuzzBot = async (
  options: FuzzBotOptions,
  onLine: (line: string) => void,
): Promise<FuzzBot> => {
  const child = fork(fileURLToPath(new URL('fuzz-bot.ts', import.meta.url)), [JSON.stringify(options)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let ended: string | undefined;
  const exit = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => {
    ended = `exit code ${code}, signal ${signal}`;
    return typeof code === 'number' ? code : null;
  });
  const lines: string[] = [];
  const log = createInterface({ input: child.stderr ?? process.stdin });
  log.on('line', (line) => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
    onLine(line);
  });
  const logEnded = once(log, 'close');
  const started = await Promise.race([once(child, 'message'), exit]);
  if (!Array.isArray(started)) throw new Error(`starting the bot: ${ended}\n${lines.join('\n')}`);
  const { port } = z.object({ port: z.number() }).parse(started[0]);
  return {
    endpoint: `http://127.0.0.1:${port}/api/messages`,
    look: async () => {
      child.send('memory');
      const [told] = await Promise.race([once(child, 'message'), exit.then(() => [undefined])]);
      return state.parse(told, { error: () => `the bot ended: ${ended}\n${lines.join('\n')}` });
    },
    stop: async () => {
      if (ended === undefined) child.send('stop');
      const code = await exit;
      await logEnded;
      return code;
    },
    ended: () => ended,
  };
};
