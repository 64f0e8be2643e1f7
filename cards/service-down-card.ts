import { press } from './blocks/buttons.ts';
import { factRow, factText } from './blocks/fact-row.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { ellipsis } from './cut-text.ts';
import { outside } from './outside-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import template from './service-down.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

export interface ServiceDownCardData extends VerdictCardData {
  readonly limit: number;
  /** As IIS names it, outside text: "Started", "Stopped". */
  readonly poolState: string;
  /** HTTP status of the two tries; 0 when nothing answered. */
  readonly versionStatus: number;
  readonly getConfigStatus: number;
}

const fill = cardTemplate(template);

function statusText(status: number): OwnText {
  return status === 0 ? own`no answer` : own`HTTP\u00a0${status}`;
}

/** The limit is high enough, but the web service does not answer as it should. */
export function serviceDownCard(data: ServiceDownCardData): Card {
  const { limit, server, view } = data;
  return fill(
    said`Service down: ${summaryName(server)}. The limit is ${limit}, and the web service does not answer. Next: look at its application pool.`,
    {
      strip: strip({
        state: states.serviceDown,
        server,
        extra: [own`read ${timeText(data.readAt, view)}`],
        heading: own`The limit is ${limit}, the web service is down`,
      }),
      facts: [
        factRow(own`Pool`, [factText([outside(data.poolState).map((state) => ellipsis(state, 24))])]),
        factRow(own`IIS`, [factText([statusText(data.versionStatus)])]),
        factRow(own`Service`, [factText([own`GetConfig: ${statusText(data.getConfigStatus)}`])]),
      ],
      next: nextBlock(
        [own`Next: start the pool, or find out why it stopped`],
        [
          [
            own`System log, source `,
            run(own`WAS`, { bold: true }),
            own`, events 5002 and 5117. Then check again.`,
          ],
        ],
      ),
      ...verdictParts(data, [press('Check again', data.checkAgain)]),
    },
  );
}
