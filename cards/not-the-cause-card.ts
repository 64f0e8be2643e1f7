import { press } from './blocks/buttons.ts';
import { floodOf, rootCauseBlock } from './blocks/root-cause.ts';
import { states, strip } from './blocks/strip.ts';
import { type Part, run } from './blocks/text-line.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './not-the-cause.json' with { type: 'json' };
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

/** What a check looks into as well, although no edit of maxInstalledPrerequisites cures it: signatures of the diagnosis. */
type OtherCause = 'other-cached-update-ids' | 'test-detectoid-flood';

export interface NotTheCauseCardData extends VerdictCardData {
  /** What the text was about that led to this check. */
  readonly about: OtherCause;
  readonly limit: number;
  /** `maxCachedUpdates`; left out when it could not be read. */
  readonly cachedLimit?: number;
  /** Nothing can be said of refusals. */
  readonly logUnread: boolean;
  /** Checks without the text: the answer then weighs the limit alone. */
  readonly checkAlone: Token;
}

const fill = cardTemplate(template);

interface Advice {
  readonly next: OwnText;
  readonly how: OwnText;
}

const maxCachedUpdatesAdvice = (cachedLimit: number | undefined): Advice =>
  cachedLimit !== undefined && cachedLimit >= 44_000
    ? {
        next: own`Next: decline superseded updates`,
        how: own`maxCachedUpdates is raised already. If the process was restarted after that, only shorter lists help.`,
      }
    : {
        next: own`Next: decline superseded updates, then raise maxCachedUpdates`,
        how: own`If it still fails after that: maxCachedUpdates to 44000 in the same web.config, then IISReset.`,
      };

const adviceOf = (data: NotTheCauseCardData): Advice => {
  if (data.about === 'other-cached-update-ids') return maxCachedUpdatesAdvice(data.cachedLimit);
  if (floodOf(data.rootCause) > 0) {
    return {
      next: own`Next: remove the test products`,
      how: own`Raise the limit after that, and only where a log names InstalledNonLeafUpdateIDs.`,
    };
  }
  return data.rootCause?.updates == null
    ? {
        next: own`Next: count the test products in SUSDB`,
        how: own`They could not be counted here. Their title begins with “Product Detectoid for ProductName TestProduct”.`,
      }
    : {
        next: own`Next: look at each code by itself`,
        how: own`No test product of KB\u00a05121986 is on this server. Paste the lines of one failure with all of its text.`,
      };
};

const name = (key: OwnText): Part => run(key, { mono: true });

const factsOf = ({ limit, cachedLimit, logUnread }: NotTheCauseCardData): readonly Part[] => [
  name(own`maxInstalledPrerequisites`),
  logUnread
    ? own` is ${limit}. The server’s log could not be read, and nothing else shows that a client was refused for it.`
    : own` is ${limit}, and the part of the server’s log that was read names no client that was refused for it.`,
  ...(cachedLimit === undefined ? [] : [own` `, name(own`maxCachedUpdates`), own` is ${cachedLimit}.`]),
];

/** The limit is as the setup wrote it, but what was sent has another cause and nothing shows that the limit refused anybody: no edit is offered. */
export function notTheCauseCard(data: NotTheCauseCardData): Card {
  const { limit, server, view } = data;
  const advice = adviceOf(data);
  return fill(
    said`Another failure: ${summaryName(server)}. Raising ${limit} would not help with what was sent. ${advice.next}.`,
    {
      strip: strip({
        state: states.otherFailure,
        server,
        extra: [own`read ${timeText(data.readAt, view)}`],
        heading: own`Raising ${limit} would not help with what was sent`,
      }),
      facts: [paragraph(factsOf(data))],
      next: nextBlock([advice.next], [[advice.how]]),
      rootCause: rootCauseBlock(data.rootCause, { limit, isActive: true, isNoRelief: true }),
      ...verdictParts(data, [
        press('Check again', data.checkAgain),
        press('Check limit alone', data.checkAlone),
      ]),
    },
  );
}
