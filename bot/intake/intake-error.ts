import { CodedError } from '../../remote/coded-error.ts';

/** Why a file that holds logs was not read: one row per code, the same rows as in docs/errors.md. */
export const intakeErrors = {
  'intake.not-text': {
    reason: 'it is not text',
    remedy:
      'Send the log as text: on Windows 10 and later Get-WindowsUpdateLog writes it from the trace files.',
  },
  'intake.archive-kind': {
    reason: 'this kind of archive cannot be read',
    remedy: 'Unpack it and send the logs themselves, or pack them as zip or gzip.',
  },
  'intake.archive-broken': {
    reason: 'the archive is damaged or was cut off',
    remedy: 'Pack and send it again, or send the logs themselves.',
  },
  'intake.archive-locked': {
    reason: 'the archive asks for a password',
    remedy: 'Pack the logs without a password, or send the logs themselves.',
  },
  'intake.archive-nested': {
    reason: 'archives are packed into one another too deep',
    remedy: 'Unpack the outer archive and send the inner one, or send the logs themselves.',
  },
  'intake.archive-crowded': {
    reason: 'the archive holds too many files',
    remedy: 'Pack only the logs: SoftwareDistribution.log of the server, WindowsUpdate.log of a client.',
  },
  'intake.archive-swells': {
    reason: 'the archive unpacks to far more than it should',
    remedy: 'Nothing was kept of it. Send the logs themselves, or only the part around the failure.',
  },
} as const;

export type IntakeErrorCode = keyof typeof intakeErrors;

/** A file or an entry of an archive that is not read. */
export class IntakeError extends CodedError {
  /** @param reason When the row's own words can be said more exactly. Safe to show. */
  constructor(
    code: IntakeErrorCode,
    doing: string,
    { reason, cause }: { readonly reason?: string; readonly cause?: unknown } = {},
  ) {
    const row = intakeErrors[code];
    super(code, { doing, reason: reason ?? row.reason, remedy: row.remedy, cause });
    this.name = 'IntakeError';
  }
}
