import type { Card } from './card.ts';
import type { Token } from './press.ts';

/** 4.1. Names are shown as outside text. */
export interface WelcomeCardData {
  /** Display name of the person, when known. */
  readonly person?: string;
  readonly role:
    | { readonly kind: 'reader'; readonly approvers: readonly string[] }
    | { readonly kind: 'approver' }
    | { readonly kind: 'none'; readonly approvers: readonly string[] };
  /** Inventory names, in the order of the configuration. */
  readonly servers: readonly string[];
  /** Check: comes with `inputs.server`. */
  readonly check: Token;
  readonly allServers: Token;
}

export function welcomeCard(data: WelcomeCardData): Card {
  throw new Error(`not built: ${data}`);
}
