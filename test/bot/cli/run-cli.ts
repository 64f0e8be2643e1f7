import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const start = fileURLToPath(new URL('../../../bot/start.mjs', import.meta.url));

/** Runs `wsus-bot` in a process of its own, with nothing of this process's environment but what is given. */
export async function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; stdin?: string | Uint8Array } = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [start, ...args], {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(options.stdin ?? '');
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}
