import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '../../../bot/cli/run-command-line.ts';
import type { CliResult } from './run-cli.ts';

/** As runCli, but inside this process: quick. Paths are relative to this process's folder, so give absolute ones. */
export async function runHere(
  args: readonly string[],
  { env = {}, stdin = '' }: { env?: Record<string, string>; stdin?: string } = {},
): Promise<CliResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCommandLine(args, {
    stdout,
    stderr,
    stdin: Readable.from([Buffer.from(stdin)]),
    env,
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}
