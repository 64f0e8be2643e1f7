/** One request to the connector that did not end in a message that is there. */
export class AttemptFailed extends Error {
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** What the connector calls it, "ConversationNotFound"; undefined when it says nothing of the kind. */
  readonly code: string | undefined;
  /** Milliseconds that the connector asks to wait, when it does. */
  readonly retryAfter: number | undefined;
  /** False only when no byte of it can have arrived. */
  readonly mayHaveArrived: boolean;

  constructor(facts: Partial<AttemptFacts>, cause?: unknown) {
    super('one request to the connector', { cause });
    this.name = 'AttemptFailed';
    this.status = facts.status;
    this.code = facts.code;
    this.retryAfter = facts.retryAfter;
    this.mayHaveArrived = facts.mayHaveArrived ?? true;
  }
}

type AttemptFacts = Pick<AttemptFailed, 'status' | 'code' | 'retryAfter' | 'mayHaveArrived'>;
