import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const person = z.object({ id: z.string(), aadObjectId: z.string(), name: z.string() });
const readySchema = z.object({
  ready: z.literal(true),
  endpoint: z.string(),
  tenantId: z.string(),
  approver: person,
  requester: person,
  servers: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      webConfig: z.string(),
      winrm: z.string(),
      stats: z.string(),
    }),
  ),
  chat: z.string().optional(),
});
export type DemoReady = z.infer<typeof readySchema>;

export interface DemoProcess {
  readonly ready: DemoReady;
  /** What it wrote on standard error so far. */
  readonly log: () => string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** `npm run demo -- --json --port 0 …` as a process of its own, once it said that it is ready. */
export const startDemo = (...extra: string[]): Promise<DemoProcess> => startDemoWith(extra);

/** The same with other variables in its environment; what it writes on standard error is then kept to itself. */
export const startDemoWith = async (
  extra: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<DemoProcess> => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['bot/demo.ts', '--json', '--port', '0', ...extra], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk) => {
    if (environment === undefined) process.stderr.write(chunk);
    log += String(chunk);
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  return {
    ready: readySchema.parse(JSON.parse(said)),
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code as number | null;
    },
  };
};
