/** What to send before the cause can be named. All of it is ours. */
export interface AskView {
  readonly what: string;
  /** Where the command is run. */
  readonly where: 'server' | 'client';
  /** PowerShell, one element a line. */
  readonly command: readonly string[];
}
