import { CodedError, type Outcome } from '../../remote/coded-error.ts';

/** Why the store did not do what it was asked: one row per code, the same rows as in docs/errors.md. */
export const storeErrors = {
  'store.unreachable': {
    reason: 'the store does not answer',
    remedy:
      'Look at its disk, or at the PostgreSQL server and the network to it. The bot goes on by itself when it answers.',
  },
  'store.sign-in-refused': {
    reason: 'PostgreSQL does not let this user into this database',
    remedy:
      'Check user and database in "store", the password in WSUS_BOT_STORE_PASSWORD, and pg_hba.conf of the server.',
  },
  'store.not-trusted': {
    reason: 'the PostgreSQL server offers no TLS, or a certificate that is not trusted here',
    remedy: 'Turn TLS on in that server, and name the authority of its certificate with sslrootcert.',
  },
  'store.newer': {
    reason: 'a newer version of WSUS Bot has changed the store',
    remedy:
      'Start that version, or restore the backup from before the upgrade (docs/operations.md). This version leaves the store as it is.',
  },
  'store.older': {
    reason: 'the store is of an older version of WSUS Bot',
    remedy: 'Start this version of the bot: it brings the store up to date (docs/operations.md).',
  },
  'store.full': {
    reason: 'the disk of the store is full',
    remedy: 'Make room on that disk. The bot goes on by itself when there is some.',
  },
  'store.read-only': {
    reason: 'the store cannot be written',
    remedy:
      'Let this user write the file and its folder; of PostgreSQL, name the primary server and grant the user its tables.',
  },
  'store.busy': {
    reason: 'others kept the store busy for too long',
    remedy: 'Try again. If it stays so, look for a stopped bot or a long transaction (docs/operations.md).',
  },
  'store.damaged': {
    reason: 'what is there is not a store, or it is damaged',
    remedy:
      'Check "store" in wsus-bot.yaml. If it names the right one, restore the last backup (docs/operations.md).',
  },
} as const;

export type StoreErrorCode = keyof typeof storeErrors;

/**
 * The store did not do what it was asked. `outcome`: "not-sent" when nothing of it was kept, "unknown" when the answer was
 * lost after the last word: the caller reads, and claims nothing until it has.
 */
export class StoreError extends CodedError {
  declare readonly code: StoreErrorCode;

  constructor(
    code: StoreErrorCode,
    details: {
      /** "writing to the store" */
      readonly doing: string;
      readonly outcome?: Extract<Outcome, 'not-sent' | 'unknown'>;
      readonly cause?: unknown;
    },
  ) {
    super(code, { ...storeErrors[code], ...details });
    this.name = 'StoreError';
  }
}
