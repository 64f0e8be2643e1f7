import { stepRow } from './blocks/step.ts';
import { states, strip } from './blocks/strip.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted } from './count-text.ts';
import { own, said } from './own-text.ts';
import template from './reading.json' with { type: 'json' };
import { secondsText } from './time-text.ts';
import type { View } from './view.ts';

export interface BatchReadingCardData {
  readonly view: View;
  /** How many servers are read; at least two. */
  readonly servers: number;
  readonly startedAt: Date;
}

const fill = cardTemplate(template);

/** Several servers are read, to plan a change on those that need one. */
export function batchReadingCard({ view, servers, startedAt }: BatchReadingCardData): Card {
  const names = counted(servers, own`server`, own`servers`);
  return fill(said`Reading ${names}: no setting is changed. The result replaces this card.`, {
    strip: strip({
      state: states.reading,
      extra: [names, own` · started ${secondsText(startedAt, view)}`],
      heading: own`I am reading them. No setting is changed.`,
    }),
    steps: [
      stepRow({ mark: 'now', what: [own`Read file, service, pool, sites and log of each`] }),
      stepRow({ mark: 'later', what: [own`Plan the change where the limit is too low`] }),
    ],
    buttons: [],
  });
}
