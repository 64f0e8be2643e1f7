import { parseArgs } from 'node:util';
import { nearestName } from '../nearest-name.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Options whose value only their command reads. */
type ValueName = 'file' | 'heads' | 'public-key' | 'key-id' | 'format' | 'from';
type OptionName = 'json' | 'config' | 'deep' | 'force' | 'out' | 'help' | ValueName;

export interface CommandLine {
  readonly words: readonly string[];
  readonly json: boolean;
  /** Everything that only a real server can show. */
  readonly deep: boolean;
  /** Put what is written in the place of a file that is there. */
  readonly force: boolean;
  /** Path of wsus-bot.yaml. */
  readonly config: string;
  readonly out: string | undefined;
  readonly values: Readonly<Partial<Record<ValueName, string>>>;
}

export interface Command {
  readonly name: string;
  /** After the name: "FILE…" */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** How many words may follow the name. */
  readonly words: { readonly least: number; readonly most: number; readonly expected: string };
  /** Loads the code only when the command is used, so that each starts as fast as it can. */
  load(): Promise<{ readonly run: RunCommand }>;
}

export type RunCommand = (line: CommandLine, terminal: Terminal) => Promise<ExitCode>;

const optionTypes = {
  json: { type: 'boolean' },
  config: { type: 'string' },
  deep: { type: 'boolean' },
  force: { type: 'boolean' },
  out: { type: 'string' },
  file: { type: 'string' },
  heads: { type: 'string' },
  'public-key': { type: 'string' },
  'key-id': { type: 'string' },
  format: { type: 'string' },
  from: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What stands behind an option in the help. */
export const valueWords: Readonly<Partial<Record<OptionName, string>>> = {
  config: 'PATH',
  out: 'PATH',
  file: 'PATH',
  heads: 'PATH',
  'public-key': 'PATH',
  'key-id': 'ID',
  format: 'NAME',
  from: 'NUMBER',
};

const valueNames: readonly ValueName[] = ['file', 'heads', 'public-key', 'key-id', 'format', 'from'];
const isValueName = (name: OptionName): name is ValueName => valueNames.some((one) => one === name);

/** The words and options after the command's name. Throws a UsageError; "help" asks for the command's usage. */
export function parseCommandLine(
  command: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): CommandLine | 'help' {
  const allowed: OptionName[] = [...command.options, 'help'];
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: optionTypes,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given: Partial<Record<ValueName, string>> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = allowed.find((one) => one === token.name);
    if (name === undefined) throw unknownOption(token.rawName, allowed);
    const takesValue = optionTypes[name].type === 'string';
    if (takesValue && !token.value)
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${valueWords[name]}`);
    if (!takesValue && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
    if (isValueName(name) && token.value !== undefined) given[name] = token.value;
  }
  if (values.help === true) return 'help';
  const { least, most, expected } = command.words;
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(`${command.name} expects ${expected}; ${positionals.length} given`);
  }
  return {
    words: positionals,
    json: values.json === true,
    deep: values.deep === true,
    force: values.force === true,
    config: typeof values.config === 'string' ? values.config : (env.WSUS_BOT_CONFIG ?? 'wsus-bot.yaml'),
    out: typeof values.out === 'string' ? values.out : undefined,
    values: given,
  };
}

function unknownOption(written: string, allowed: readonly string[]): UsageError {
  const nearest = nearestName(written.replace(/^-+/, ''), allowed);
  const hint =
    nearest === undefined
      ? `known: ${allowed.map((name) => `--${name}`).join(', ')}`
      : `nearest: --${nearest}`;
  return new UsageError(`unknown option ${written}; ${hint}`);
}
