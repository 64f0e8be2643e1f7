import { type Command, parseCommandLine } from './cli/command.ts';
import { commands } from './cli/commands.ts';
import { type ExitCode, exitCodes } from './cli/exit-codes.ts';
import { commandHelp, helpText } from './cli/help.ts';
import { printError } from './cli/print-error.ts';
import type { Terminal } from './cli/terminal.ts';
import { UsageError } from './cli/usage-error.ts';
import { programVersion } from './cli/version.ts';
import { nearestName } from './nearest-name.ts';

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version') return print(terminal.stdout, `${programVersion()}\n`);
  if (name === 'help' && rest[0] !== undefined) return run([rest[0], '--help'], terminal);
  if (name === 'help' || name === '--help' || name === '-h')
    return print(terminal.stdout, `${helpText(commands)}\n`);
  try {
    const command = commandOf(name);
    const line = parseCommandLine(command, rest, terminal.env);
    if (line === 'help') return print(terminal.stdout, `${commandHelp(command)}\n`);
    const { run: runCommand } = await command.load();
    return await runCommand(line, terminal);
  } catch (error) {
    return printError(error, rest.includes('--json'), terminal);
  }
}

function commandOf(name: string | undefined): Command {
  const names = commands.map((command) => command.name);
  if (name === undefined) throw new UsageError(`a command is expected: ${names.join(', ')}`);
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return command;
  const nearest = nearestName(name, [...names, 'help']);
  throw new UsageError(
    `unknown command ${name}; ${nearest === undefined ? `known: ${names.join(', ')}` : `nearest: ${nearest}`}`,
  );
}

function print(stream: NodeJS.WriteStream, text: string): ExitCode {
  stream.write(text);
  return exitCodes.fine;
}

// A reader that closes early ("| head") is no defect of this program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
const { stdout, stderr, stdin, env } = process;
process.exitCode = await run(process.argv.slice(2), { stdout, stderr, stdin, env });
