import type { Card } from './card.ts';
import type { ChangeView } from './change-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.15: how a plan ended without being run. Nothing was changed, except perhaps when it was taken over. */
export type ClosedState =
  | { readonly kind: 'declined'; readonly by: string }
  | { readonly kind: 'withdrawn'; readonly by: string }
  /** `validMinutes`: how long it was open. */
  | { readonly kind: 'expired'; readonly validMinutes: number }
  /** The file on the server is no longer the one that was approved. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'superseded' }
  /** A change of unknown state that a person finishes by hand. */
  | { readonly kind: 'taken-over'; readonly by: string };

export interface ClosedCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly state: ClosedState;
  readonly at: Date;
  readonly askedBy: string;
  /** Plan again (declined, withdrawn, expired), Check again (stale), Show the new plan (superseded). */
  readonly again?: Token;
}

export function closedCard(data: ClosedCardData): Card {
  throw new Error(`not built: ${data}`);
}
