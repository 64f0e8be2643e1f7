import { nearestName } from '../nearest-name.ts';
import { type Command, parseCommandLine } from './command.ts';
import { commands } from './commands.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { commandHelp, helpText } from './help.ts';
import { printError } from './print-error.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { programVersion } from './version.ts';

/** Runs one command line without the program's name, writes to the terminal, and answers the exit code. Never throws. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version') return print(terminal.stdout, `${programVersion()}\n`);
  if (name === 'help' && rest[0] !== undefined) return runCommandLine([rest[0], '--help'], terminal);
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

function print(stream: NodeJS.WritableStream, text: string): ExitCode {
  stream.write(text);
  return exitCodes.fine;
}
