import type { CodedError } from '../../../remote/coded-error.ts';

/** A file that was named or found, and could not be read. The others were. */
export interface UnreadFile {
  readonly file: string;
  readonly error: CodedError;
}
