import type { Language } from './languages/language.ts';
import type { Token } from './press.ts';

/** An Adaptive Card in one language. */
export interface RenderedCard {
  readonly json: Readonly<Record<string, unknown>>;
  /** State, server, verdict, next step: one or two plain sentences (`activity.summary`, `speak`, `fallbackText`). */
  readonly summary: string;
}

/** An Adaptive Card ready to send. It takes its language from the chat in which it is shown. */
export interface Card {
  readonly in: (language: Language) => RenderedCard;
  /** Whose client asks for a card with that person's own buttons (Universal Actions, `refresh`), and with which token. */
  readonly ownViews?: {
    readonly token: Token;
    /** Of their personal chats, as the chat keeps them. */
    readonly addresses: readonly string[];
  };
}
