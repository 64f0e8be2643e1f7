import type { Token } from './press.ts';

/** An Adaptive Card ready to send, with the words for toast and screen reader. */
export interface Card {
  readonly json: Readonly<Record<string, unknown>>;
  /** State, server, verdict, next step: one or two plain sentences (`activity.summary`, `speak`, `fallbackText`). */
  readonly summary: string;
  /** Whose client asks for a card with that person's own buttons (Universal Actions, `refresh`), and with which token. */
  readonly ownViews?: {
    readonly token: Token;
    /** Of their personal chats, as the chat keeps them. */
    readonly addresses: readonly string[];
  };
}
