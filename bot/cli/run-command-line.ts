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
  if (name === 'help' && rest[0] !== undefined) return runCommandLine([...rest, '--help'], terminal);
  if (name === 'help' || name === '--help' || name === '-h')
    return print(terminal.stdout, `${helpText(commands)}\n`);
  try {
    const command = commandOf(args);
    const line = parseCommandLine(command, args.slice(command.name.split(' ').length), terminal.env);
    if (line === 'help') return print(terminal.stdout, `${commandHelp(command)}\n`);
    const { run: runCommand } = await command.load();
    return await runCommand(line, terminal);
  } catch (error) {
    return printError(error, rest.includes('--json'), terminal);
  }
}

/** The command that the words begin with: one word, or two as in "audit verify". */
function commandOf([name, second]: readonly string[]): Command {
  const names = commands.map((command) => command.name);
  if (name === undefined) throw new UsageError(`a command is expected: ${names.join(', ')}`);
  const command = commands.find((one) => one.name === name || one.name === `${name} ${second}`);
  if (command !== undefined) return command;
  const family = names.filter((one) => one.startsWith(`${name} `));
  if (family.length > 0) throw new UsageError(`${name} is the first word of: ${family.join(', ')}`);
  const nearest = nearestName(name, [...names, 'help']);
  throw new UsageError(
    `unknown command ${name}; ${nearest === undefined ? `known: ${names.join(', ')}` : `nearest: ${nearest}`}`,
  );
}

function print(stream: NodeJS.WritableStream, text: string): ExitCode {
  stream.write(text);
  return exitCodes.fine;
}
