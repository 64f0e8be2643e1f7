import type { Card } from './card.ts';
import type { Token } from './press.ts';

/** Text without a fault: log lines that hold none, or talk. */
export interface NoFaultCardData {
  readonly kind: 'no-fault-in-log' | 'small-talk';
  readonly lines: number;
  /** Inventory; empty when this person may not check. Check comes with `inputs.server`. */
  readonly servers: readonly string[];
  readonly check: Token;
  readonly help: Token;
}

export function noFaultCard(data: NoFaultCardData): Card {
  throw new Error(`not built: ${data}`);
}
