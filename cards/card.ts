/** An Adaptive Card ready to send, with the words for toast and screen reader. */
export interface Card {
  readonly json: Readonly<Record<string, unknown>>;
  /** State, server, verdict, next step: one or two plain sentences (`activity.summary`, `speak`, `fallbackText`). */
  readonly summary: string;
}
