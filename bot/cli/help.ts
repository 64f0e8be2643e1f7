import { type Command, valueWords } from './command.ts';
import { exitCodes, exitCodeTexts } from './exit-codes.ts';

/** The whole help: commands, options, environment, exit codes. */
export function helpText(commands: readonly Command[]): string {
  const rows = commands.map((command) => [callOf(command), command.summary] as const);
  const codes = Object.entries(exitCodes).map(
    ([name, code]) => [String(code), exitCodeTexts[name as keyof typeof exitCodes]] as const,
  );
  return [
    'wsus-bot: finds out why WSUS refuses clients with 80244007, fixes it after approval, proves it.',
    '',
    'Commands',
    ...table(rows),
    '',
    'Options',
    ...table([
      ['--config PATH', 'the configuration; else WSUS_BOT_CONFIG, else wsus-bot.yaml in this folder'],
      ['--deep', 'doctor: also what only a real server can show, changing nothing (docs/deep-check.md)'],
      ['--force', 'manifest: replace a file that is there'],
      ['--json', 'one JSON document on standard output instead of text'],
      ['--help', 'what one command does'],
      ['--version', 'version of the program'],
    ]),
    '',
    'Environment',
    ...table([
      ['WSUS_BOT_APP_PASSWORD', 'client secret of the bot registration, for serve'],
      ['WSUS_BOT_PASSWORD', 'password of the general account on the servers'],
      ['…_FILE', 'either of them with _FILE names a file that holds it'],
      ['NO_COLOR', 'no colours, also on a terminal'],
    ]),
    '',
    'Exit codes',
    ...table(codes),
  ].join('\n');
}

/** Usage and options of one command. */
export function commandHelp(command: Command): string {
  return [
    `Usage: wsus-bot ${callOf(command)}`,
    '',
    `${command.summary}.`,
    '',
    'Options:',
    ...command.options.map((name) => `  --${name} ${valueWords[name] ?? ''}`.trimEnd()),
    '  --help',
  ].join('\n');
}

function callOf(command: Command): string {
  return `${command.name} ${command.usage}`.trim();
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
