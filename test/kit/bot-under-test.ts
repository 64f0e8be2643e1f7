import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunSettings } from '../../bot/changes/runtime.ts';
import type { Role } from '../../bot/role.ts';
import type { StoreConfig } from '../../bot/store/store-config.ts';
import type { WinrmTarget } from '../../remote/wsus-server.ts';

export interface BotProcessOptions {
  readonly servers: readonly { readonly name: string; readonly target: WinrmTarget }[];
  readonly store: StoreConfig;
  /** For what a bot keeps in files. */
  readonly folder: string;
  readonly runSettings: Partial<RunSettings>;
  readonly leaseFor: number;
  readonly role?: Role;
  readonly stopWithin?: number;
  /** Milliseconds; 100 unless given. */
  readonly sweepEvery?: number;
}

/** Short times, so that what takes minutes for a person takes moments in a test. */
export const quickSettings: RunSettings = {
  commandWindow: 3_000,
  readDeadline: 5_000,
  applyDeadline: 4_000,
  restartDeadline: 5_000,
  patience: 4_500,
  lookEvery: 30,
};

export interface BotProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** kill -9, and the end of the process. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still, wherever it is. */
  pause(): void;
  /** SIGCONT: it goes on as if nothing had been. */
  goOn(): void;
  /** SIGTERM, and the end of the process. */
  stop(): Promise<void>;
}

export const startBotProcess = async (
  options: Pick<BotProcessOptions, 'servers' | 'store' | 'folder'> & Partial<BotProcessOptions>,
  environment: Readonly<Record<string, string>> = {},
): Promise<BotProcess> => {
  const all: BotProcessOptions = {
    // A process of its own is slower to look again than the test's own.
    runSettings: { ...quickSettings, readDeadline: 15_000, patience: 15_000 },
    leaseFor: 5_000,
    ...options,
    servers: options.servers.map(({ name, target }) => ({ name, target })),
  };
  const script = fileURLToPath(new URL('./bot-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(all)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  if (line === undefined) throw new Error('starting the bot process: it ended at once');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    endpoint: `http://127.0.0.1:${Number(String(line[0]))}/api/messages`,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    stop: () => end('SIGTERM'),
  };
};
