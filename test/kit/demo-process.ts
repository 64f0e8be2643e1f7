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
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** `npm run demo -- --json --port 0 …` as a process of its own, once it said that it is ready. */
export const startDemo = async (...extra: string[]): Promise<DemoProcess> => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['bot/demo.ts', '--json', '--port', '0', ...extra], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  return {
    ready: readySchema.parse(JSON.parse(said)),
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code as number | null;
    },
  };
};
