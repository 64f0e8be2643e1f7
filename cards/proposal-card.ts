import type { Card } from './card.ts';
import type { PlanView } from './plan-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.6: for a person who may approve. */
export interface ProposalCardData {
  readonly view: View;
  readonly plan: PlanView;
  /** Comes with `inputs.secondKey` when the plan has a second key. */
  readonly approve: Token;
  readonly decline: Token;
}

export function proposalCard(data: ProposalCardData): Card {
  throw new Error(`not built: ${data}`);
}
