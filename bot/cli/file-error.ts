import { CodedError } from '../../remote/coded-error.ts';
import { type BotErrorCode, botErrors } from '../bot-error.ts';
import { fileReason } from '../config-secrets.ts';

/** A file that the command line names cannot be read or written. */
export class FileError extends CodedError {
  constructor(code: Extract<BotErrorCode, `cli.${string}`>, doing: string, cause: unknown) {
    super(code, { doing, reason: fileReason(cause), remedy: botErrors[code].remedy, cause });
    this.name = 'FileError';
  }
}
