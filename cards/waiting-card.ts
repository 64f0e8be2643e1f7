import type { Card } from './card.ts';
import type { PlanView } from './plan-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.7: the same plan for those who may not approve it. */
export interface WaitingCardData {
  readonly view: View;
  readonly plan: PlanView;
  /** `requester`: asked for it, so somebody else approves. `reader`: may not approve here. `everybody`: the neutral card of a channel. */
  readonly reader: 'requester' | 'reader' | 'everybody';
  /** Names of those who may approve. */
  readonly approvers: readonly string[];
  /** Withdraw: for the requester. */
  readonly withdraw?: Token;
  /** Review: the neutral card's button, answers with the proposal for an approver. */
  readonly review?: Token;
}

export function waitingCard(data: WaitingCardData): Card {
  throw new Error(`not built: ${data}`);
}
