import type { Card } from './card.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.8. `view.now` is the time of this update. */
export interface RunningCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly steps: readonly ChangeStepView[];
  readonly people: PeopleView;
  readonly showState: Token;
}

export function runningCard(data: RunningCardData): Card {
  throw new Error(`not built: ${data}`);
}
