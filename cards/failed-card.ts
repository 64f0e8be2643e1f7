import type { Card } from './card.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.10: how the server stands after a change that did not work. */
export type FailedState =
  /** Nothing was written. */
  | { readonly kind: 'unchanged' }
  /** The backup was put back and the restart after it was seen. `limit`: what the file holds again. */
  | { readonly kind: 'restored'; readonly limit?: number; readonly serviceAnswers: boolean }
  /** The new file is there; what followed did not work, and nothing was put back. */
  | { readonly kind: 'written'; readonly limit?: number; readonly serviceAnswers: boolean | 'not-known' }
  /** The way back did not work either. */
  | { readonly kind: 'restore-failed'; readonly reason: string };

export interface FailedCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly steps: readonly ChangeStepView[];
  /** Why it failed; outside text ("the file is read-only", "HTTP 503"). */
  readonly reason: string;
  readonly state: FailedState;
  readonly pool?: string;
  /** Name of the backup on the server. */
  readonly backup?: string;
  readonly people: PeopleView;
  readonly checkAgain: Token;
  /** Makes a new plan that puts the backup back. */
  readonly rollBack?: Token;
}

export function failedCard(data: FailedCardData): Card {
  throw new Error(`not built: ${data}`);
}
