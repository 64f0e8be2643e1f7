import type { Command } from './command.ts';

/** Everything the command line can do, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'serve',
    usage: '',
    summary: 'Run the bot until it is told to stop (SIGTERM, Ctrl-C)',
    options: ['config'],
    words: { least: 0, most: 0, expected: 'no words' },
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'diagnose',
    usage: 'FILE… [--json]',
    summary: 'Find the cause in log files; "-" is standard input',
    options: ['json'],
    words: { least: 1, most: 1_000, expected: 'at least one file' },
    load: () => import('./commands/diagnose.ts'),
  },
  {
    name: 'check',
    usage: '<server> [--json]',
    summary: 'Read one server and say what is wrong with it, changing nothing there',
    options: ['config', 'json'],
    words: { least: 1, most: 1, expected: 'the name of one server' },
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'doctor',
    usage: '[<server>] [--deep] [--json]',
    summary: 'Check the configuration and, step by step, the way to each server or to one',
    options: ['config', 'deep', 'json'],
    words: { least: 0, most: 1, expected: 'at most the name of one server' },
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'manifest',
    usage: '--out app.zip [--json]',
    summary: 'Write the Teams app package, ready to upload in Teams',
    options: ['config', 'out', 'json'],
    words: { least: 0, most: 0, expected: 'no words, only --out FILE' },
    load: () => import('./commands/manifest.ts'),
  },
  {
    name: 'schema',
    usage: '',
    summary: 'Print the JSON Schema of wsus-bot.yaml, for editors',
    options: [],
    words: { least: 0, most: 0, expected: 'no words' },
    load: () => import('./commands/schema.ts'),
  },
];
