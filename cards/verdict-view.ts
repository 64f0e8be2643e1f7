import type { Token } from './press.ts';
import type { View } from './view.ts';

/** What the card of every verdict on a server shows. */
export interface VerdictCardData {
  readonly view: View;
  /** Short name from the inventory. */
  readonly server: string;
  readonly readAt: Date;
  readonly checkAgain: Token;
}
