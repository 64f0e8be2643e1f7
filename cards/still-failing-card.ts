import { press } from './blocks/buttons.ts';
import { evidenceBand, evidenceTitle } from './blocks/evidence-band.ts';
import { factRow, factText } from './blocks/fact-row.ts';
import { rootCauseBlock } from './blocks/root-cause.ts';
import { logTime } from './blocks/seen.ts';
import { states, strip } from './blocks/strip.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted, countText } from './count-text.ts';
import type { EvidenceLine, LogTime } from './evidence-view.ts';
import { own, said } from './own-text.ts';
import template from './still-failing.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

export interface StillFailingCardData extends VerdictCardData {
  readonly limit: number;
  readonly clients: number;
  readonly count: number;
  readonly last?: LogTime;
  readonly evidence: readonly EvidenceLine[];
}

const fill = cardTemplate(template);

/** The limit is raised and active, and lists are still longer. */
export function stillFailingCard(data: StillFailingCardData): Card {
  const { limit, server, view, last } = data;
  const times = counted(data.count, own`time`, own`times`);
  return fill(
    said`Raised, still failing: ${summaryName(server)}. The limit is ${limit} and lists are still longer. Next: shorten the lists.`,
    {
      strip: strip({
        state: states.raisedStillFailing,
        server,
        extra: [own`read ${timeText(data.readAt, view)}`],
        heading: own`The limit is ${limit} and lists are still longer`,
      }),
      facts: [
        ...(data.clients > 0
          ? [
              factRow(own`Clients`, [
                factText([data.clients === 1 ? own`1` : own`${countText(data.clients)} different ones`]),
              ]),
            ]
          : []),
        factRow(own`Refused`, [
          factText(last === undefined ? [times] : [own`${times}, last `, logTime(last, view)]),
        ]),
      ],
      evidenceTitle: evidenceTitle(data.evidence, data.count),
      evidence: evidenceBand(data.evidence),
      rootCause: rootCauseBlock(data.rootCause, { limit, isActive: true }),
      ...verdictParts(data, [press('Check again', data.checkAgain)]),
    },
  );
}
