import { press } from './blocks/buttons.ts';
import { factRow, factText, hostValue } from './blocks/fact-row.ts';
import { states, strip } from './blocks/strip.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { ellipsis } from './cut-text.ts';
import template from './not-wsus.json' with { type: 'json' };
import { outside } from './outside-text.ts';
import { own, said } from './own-text.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

export interface NotWsusCardData extends VerdictCardData {
  /** Name and operating system as the server reports them. */
  readonly computer?: string;
  readonly os?: string;
}

const fill = cardTemplate(template);

/** The server answers, and carries no WSUS. */
export function notWsusCard(data: NotWsusCardData): Card {
  return fill(
    said`Not WSUS: ${summaryName(data.server)} has no WSUS service. Next: check the host in wsus-bot.yaml.`,
    {
      strip: strip({
        state: states.notWsus,
        server: data.server,
        extra: [own`read ${timeText(data.readAt, data.view)}`],
        heading: own`This server has no WSUS service`,
      }),
      facts: [
        factRow(own`Computer`, hostValue(data.computer ?? data.server)),
        ...(data.os === undefined
          ? []
          : [factRow(own`System`, [factText([outside(data.os).map((name) => ellipsis(name, 80))])])]),
      ],
      next: nextBlock(
        [own`Next: look which server the clients use`],
        [
          [
            own`The line “Got WSUS Client/Server URL” in WindowsUpdate.log names it. Then correct the host in wsus-bot.yaml.`,
          ],
        ],
      ),
      ...verdictParts(data, [press('Check again', data.checkAgain)]),
    },
  );
}
