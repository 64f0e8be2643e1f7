/** A change on the server that was killed before its end. */
export interface InterruptionView {
  readonly what: 'raise' | 'restart' | 'roll-back' | 'unknown';
  readonly startedAt: Date;
  /** As the server's journal names it: outside text unless it is known. */
  readonly step: string;
  /** What Web.config is now. */
  readonly file: 'before' | 'after' | 'other' | 'unread';
  /** What is not as it was, each with the command that mends it: outside text. */
  readonly leftDifferent: readonly string[];
}
