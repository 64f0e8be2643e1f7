import type { Card } from './card.ts';
import type { View } from './view.ts';

export type ReadingStep = 'sign-in' | 'endpoint' | 'report' | 'judge';

export interface ReadingStepView {
  readonly step: ReadingStep;
  readonly state: 'done' | 'now' | 'later';
  /** Since it began, or how long it took. */
  readonly milliseconds?: number;
}

/** 4.5. Give the steps that the program really sees, one or more. */
export interface ReadingCardData {
  readonly view: View;
  readonly server: string;
  readonly startedAt: Date;
  /** Port and name of the endpoint, from the configuration. */
  readonly port: number;
  readonly endpoint: string;
  readonly steps: readonly ReadingStepView[];
}

export function readingCard(data: ReadingCardData): Card {
  throw new Error(`not built: ${data}`);
}
