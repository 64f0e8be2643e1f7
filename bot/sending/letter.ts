/** One thing that is to be sent into a conversation. */
export interface Letter {
  readonly conversation: string;
  /** Id of the message that it takes the place of. Of several that wait for one message only the newest is sent. */
  readonly replaces?: string;
  /** What a person waits for goes before what only tells how far something is. */
  readonly urgency: 'answer' | 'progress';
  /** No attempt begins later, milliseconds of the clock of the outbox. */
  readonly notAfter: number;
  /** In the present participle, for the log. */
  readonly doing: string;
  /** One attempt. The id of the message. Throws an AttemptFailed. */
  send(): Promise<string>;
}
