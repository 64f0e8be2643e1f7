import { CodedError } from '../../remote/coded-error.ts';
import { type BotErrorCode, botErrors } from '../bot-error.ts';
import { fileReason } from '../config-secrets.ts';

/** A file of the audit cannot be used. */
export class AuditError extends CodedError {
  declare readonly code: Extract<BotErrorCode, `audit.${string}`>;

  constructor(code: Extract<BotErrorCode, `audit.${string}`>, doing: string, cause?: unknown) {
    const { reason, remedy } = botErrors[code];
    const why = code === 'audit.file-not-usable' ? fileReason(cause) : reason;
    super(code, { doing, reason: why, remedy, cause });
    this.name = 'AuditError';
  }
}
