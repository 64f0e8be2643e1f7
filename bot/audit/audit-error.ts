import { CodedError } from '../../remote/coded-error.ts';
import { type BotErrorCode, botErrors } from '../bot-error.ts';
import { fileReason } from '../config-secrets.ts';

/** A file of the audit cannot be used, its chain is broken, or the webhook does not take an entry. */
export class AuditError extends CodedError {
  declare readonly code: Extract<BotErrorCode, `audit.${string}`>;

  /** `reason` says it more exactly than the code does. */
  constructor(
    code: Extract<BotErrorCode, `audit.${string}`>,
    doing: string,
    cause?: unknown,
    reason: string = code === 'audit.file-not-usable' ? fileReason(cause) : botErrors[code].reason,
  ) {
    super(code, { doing, reason, remedy: botErrors[code].remedy, cause });
    this.name = 'AuditError';
  }
}
