import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly stdin?: string | Uint8Array;
}

const start = fileURLToPath(new URL('../../../bot/start.mjs', import.meta.url));

/** Runs `wsus-bot` in a process of its own, with nothing of this process's environment but what is given. */
export const runCli = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
  startCli(args, options).result;

/** The same, while it runs. `signal`: what ended it, where it did not end by itself. */
export function startCli(
  args: readonly string[],
  options: CliOptions = {},
): {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult & { readonly signal: NodeJS.Signals | null }>;
} {
  const child = spawn(process.execPath, [start, ...args], {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(options.stdin ?? '');
  const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const result = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
    ([stdout, stderr, end]) => ({ ...end, stdout, stderr }),
  );
  return { child, result };
}
