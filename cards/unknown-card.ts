import type { Card } from './card.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** 4.11: contact was lost and nobody can tell what is true. */
export interface UnknownCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly since: Date;
  /** Step during which contact was lost. */
  readonly during: ChangeStepView['step'];
  /** `done` are known, `not-known` are not; the others are left out. */
  readonly steps: readonly ChangeStepView[];
  /** `silent`: the server does not answer. `foreign-file`: the file is neither the old nor the new one. `restart-not-seen`: it answers, but nobody can tell whether it restarted. `bot-restarted`: the bot was down meanwhile. */
  readonly why: 'silent' | 'foreign-file' | 'restart-not-seen' | 'bot-restarted';
  readonly port: number;
  readonly backup?: string;
  readonly people: PeopleView;
  readonly lookAgain: Token;
  /** Makes a plan that puts the backup back; left out for a foreign file. */
  readonly restore?: Token;
  readonly takeOver: Token;
}

export function unknownCard(data: UnknownCardData): Card {
  throw new Error(`not built: ${data}`);
}
