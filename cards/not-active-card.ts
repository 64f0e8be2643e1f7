import { press } from './blocks/buttons.ts';
import { factRow, factText } from './blocks/fact-row.ts';
import { rootCauseBlock } from './blocks/root-cause.ts';
import { states, strip } from './blocks/strip.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './not-active.json' with { type: 'json' };
import { own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

export interface NotActiveCardData extends VerdictCardData {
  readonly limit: number;
  readonly writtenAt: Date;
  readonly startedAt?: Date;
  /** Makes a plan that restarts and leaves the file as it is. */
  readonly planRestart: Token;
}

const fill = cardTemplate(template);

/** The file holds the raised value, the service started before it was written. */
export function notActiveCard(data: NotActiveCardData): Card {
  const { limit, server, view } = data;
  return fill(
    said`Raised, not active: ${summaryName(server)}. The file says ${limit}, the service started before it was written. Next: plan the restart.`,
    {
      strip: strip({
        state: states.raisedNotActive,
        server,
        extra: [own`read ${timeText(data.readAt, view)}`],
        heading: own`The file says ${limit}, the service still uses the old one`,
      }),
      facts: [
        factRow(own`File`, [factText([own`${limit}, written ${timeText(data.writtenAt, view)}`])]),
        factRow(own`Service`, [
          factText([
            data.startedAt === undefined
              ? own`start not seen`
              : own`runs since ${timeText(data.startedAt, view)}`,
          ]),
        ]),
      ],
      next: nextBlock(
        [own`Next: plan the restart`],
        [[own`It leaves the file as it is, shows what stops, and runs only after an approval.`]],
      ),
      rootCause: rootCauseBlock(data.rootCause, { limit, isActive: false }),
      ...verdictParts(data, [
        press('Plan the restart', data.planRestart, { first: true }),
        press('Check again', data.checkAgain),
      ]),
    },
  );
}
