import { exitCodes } from './cli/exit-codes.ts';
import { runCommandLine } from './cli/run-command-line.ts';

// A reader that closes early ("| head") is no defect of this program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
const { stdout, stderr, stdin, env } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { stdout, stderr, stdin, env });
// A server that does not even let go of us keeps nobody waiting who has pressed Ctrl-C.
if (process.exitCode === exitCodes.interrupted) process.exit();
