import type { Card } from './card.ts';
import type { Token } from './press.ts';

/** `check` alone (`asked` absent), or `check wsus99` with a name that is not in the inventory. */
export interface WhichServerCardData {
  readonly asked?: string;
  /** Nearest name of the inventory and the button that checks it. */
  readonly nearest?: { readonly server: string; readonly token: Token };
  readonly servers: readonly string[];
  /** Check: comes with `inputs.server`. */
  readonly check: Token;
}

export function whichServerCard(data: WhichServerCardData): Card {
  throw new Error(`not built: ${data}`);
}
