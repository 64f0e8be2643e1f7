import { press } from './blocks/buttons.ts';
import { stepRow } from './blocks/step.ts';
import { states, strip } from './blocks/strip.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { codedText } from './coded-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import template from './unclear.json' with { type: 'json' };
import { unclearWords } from './unclear-words.ts';
import type { VerdictCardData } from './verdict-view.ts';

type ReportPart = 'computer' | 'wsus' | 'file' | 'services' | 'pool' | 'sites' | 'health' | 'log';

export interface UnclearCardData extends VerdictCardData {
  /** Parts that could not be read, with the server's reason (outside text). */
  readonly unreadable: readonly {
    readonly part: ReportPart;
    readonly code: string;
    readonly reason: string;
  }[];
  /** The limit, when it was read all the same. */
  readonly limit?: number;
}

const fill = cardTemplate(template);

const partWords: Readonly<Record<ReportPart, OwnText>> = {
  computer: own`Name and system`,
  wsus: own`WSUS setup`,
  file: own`Web.config`,
  services: own`Services`,
  pool: own`Application pool`,
  sites: own`Sites`,
  health: own`Web service`,
  log: own`SoftwareDistribution.log`,
};

/** A part that decides could not be read. */
export function unclearCard(data: UnclearCardData): Card {
  const { server, view, limit } = data;
  const words = unclearWords(data.unreadable[0]?.code ?? '');
  const heading =
    words.heading ??
    (limit === undefined
      ? own`I could not read what decides`
      : own`The limit is ${limit}, the rest is not clear`);
  return fill(said`Unclear: ${summaryName(server)}. ${heading}. Nothing was changed. ${words.next}.`, {
    strip: strip({
      state: states.unclear,
      server,
      extra: [own`read ${timeText(data.readAt, view)}`],
      heading,
    }),
    sentence: words.sentence,
    parts: data.unreadable.slice(0, 8).map(({ part, reason }) =>
      stepRow({
        mark: 'not-known',
        what: [partWords[part]],
        detail: [codedText(reason, 160)],
      }),
    ),
    next: nextBlock([words.next], [[words.how]]),
    ...verdictParts(data, [press('Check again', data.checkAgain)]),
  });
}
