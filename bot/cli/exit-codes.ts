/** Exit codes of the command line, the same as in docs/configuration.md. */
export const exitCodes = {
  fine: 0,
  problemFound: 1,
  usage: 2,
  configuration: 3,
  serverNotUsable: 4,
  fileNotUsable: 5,
  storeNotUsable: 6,
  auditBroken: 7,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeTexts: Readonly<Record<keyof typeof exitCodes, string>> = {
  fine: 'done; a checked server needs nothing',
  problemFound: 'a checked server needs something: a change, a restart, a person',
  usage: 'the command line is wrong, or names a server that is not in the inventory',
  configuration: 'wsus-bot.yaml or the environment is wrong or incomplete',
  serverNotUsable: 'a server cannot be reached, or does not let the bot in',
  fileNotUsable: 'a file cannot be read or written; diagnose still reads the others',
  storeNotUsable: 'the store does not answer or cannot be used',
  auditBroken: 'the audit is not as it was written',
  internal: 'a defect in the program',
  interrupted: 'stopped with Ctrl-C',
};
