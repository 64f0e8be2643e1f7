/** Why the bot's own side stopped: one row per code, the same rows as in docs/errors.md. */
export const botErrors = {
  'config.not-found': {
    reason: 'there is no such file',
    remedy: 'Copy wsus-bot.example.yaml to wsus-bot.yaml and fill it in, or name the file with --config.',
  },
  'config.not-readable': {
    reason: 'the file cannot be read',
    remedy: 'Check that it is a text file in UTF-8, below 1 MB, and that this user may read it.',
  },
  'config.wrong': {
    reason: 'it does not say what the bot needs',
    remedy: 'Correct the lines named. docs/configuration.md explains every key.',
  },
  'config.incomplete': {
    reason: 'something that is needed is missing',
    remedy: 'Add what the list names, then try again.',
  },
  'config.password-missing': {
    reason: 'no password is known for the account',
    remedy:
      'Set WSUS_BOT_PASSWORD or WSUS_BOT_PASSWORD_FILE, or give the account passwordFile or passwordEnv.',
  },
  'cli.usage': {
    reason: 'the command line is not one that wsus-bot knows',
    remedy: 'Run "wsus-bot help".',
  },
  'cli.file-not-readable': {
    reason: 'the file cannot be read',
    remedy: 'Check the name and who may read it. A single "-" reads standard input.',
  },
  'cli.file-not-writable': {
    reason: 'the file cannot be written',
    remedy: 'Check that the folder exists and that this user may write there.',
  },
  'cli.file-exists': {
    reason: 'a file of that name is there already',
    remedy: 'Name another file with --out, or replace this one with --force.',
  },
  'audit.key-open-to-others': {
    reason: 'others than its owner may read the private key',
    remedy: 'Take the rights from them (chmod 600). If somebody may have read it: wsus-bot audit rotate-key.',
  },
  'audit.key-not-usable': {
    reason: 'it is no Ed25519 private key',
    remedy: 'Put the key back from a backup. Without one move the file away; the next start makes a new key.',
  },
  'audit.key-missing': {
    reason: 'there is no key yet',
    remedy: 'The first start of the bot makes it (wsus-bot serve).',
  },
  'audit.file-not-usable': {
    reason: 'the file cannot be read or written',
    remedy: 'Check the paths under "audit" in wsus-bot.yaml, and that this user may write there.',
  },
  'audit.broken': {
    reason: 'the audit is not as it was written, so no head is signed',
    remedy: 'Run "wsus-bot audit verify" and keep the store as it is (docs/audit.md).',
  },
  'audit.webhook-not-taken': {
    reason: 'the webhook did not take it',
    remedy: 'Look at the receiver. Entries wait in the store and are sent again in their order.',
  },
  'cli.internal': {
    reason: 'the program has a defect',
    remedy: 'Report it with the command you ran and the message.',
  },
} as const;

export type BotErrorCode = keyof typeof botErrors;
