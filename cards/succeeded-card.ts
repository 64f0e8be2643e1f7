import type { Card } from './card.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import type { Token } from './press.ts';
import type { ProofView } from './proof-view.ts';
import type { View } from './view.ts';

/** 4.9: raised, restarted or rolled back, by `change.work.kind`. */
export interface SucceededCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly proofs: readonly ProofView[];
  readonly people: PeopleView;
  readonly steps: readonly ChangeStepView[];
  /** Name of the backup on the server. */
  readonly backup?: string;
  /** Owner, rights or attributes that could not be put back as they were; empty as a rule. Outside text. */
  readonly leftDifferent?: readonly string[];
  readonly checkAgain: Token;
  /** Makes a new plan. Absent when there is nothing to take back. */
  readonly rollBack?: Token;
}

export function succeededCard(data: SucceededCardData): Card {
  throw new Error(`not built: ${data}`);
}
