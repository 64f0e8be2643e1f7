import { buttonRow, press } from './blocks/buttons.ts';
import { container } from './blocks/element.ts';
import { noticeParts } from './blocks/notice-parts.ts';
import { nameRun } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import { outsideLines, type Part, textLine } from './blocks/text-line.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted } from './count-text.ts';
import { ellipsis, pathLines } from './cut-text.ts';
import type { FreezeView } from './freeze-view.ts';
import template from './frozen.json' with { type: 'json' };
import { howToThaw } from './notices/freeze-words.ts';
import { outside } from './outside-text.ts';
import { own, said } from './own-text.ts';
import { reasonLength, type Token } from './press.ts';
import { summaryName, summaryQuote } from './summary-text.ts';
import { recordTimeText } from './time-text.ts';
import type { View } from './view.ts';

/** The answer to `freeze`, and what stands where a change would have been approved or started. */
export interface FrozenCardData {
  readonly view: View;
  readonly freeze: FreezeView;
  /** Approved changes that wait until it ends. */
  readonly waiting: number;
  /** Changes that were at work already: they go on to their end. */
  readonly running: number;
  readonly locks?: Token;
}

const fill = cardTemplate(template);

function whoOf(freeze: FreezeView, view: View): readonly Part[] {
  switch (freeze.kind) {
    case 'person':
      return [
        nameRun(freeze.by),
        own` froze all changes on ${recordTimeText(freeze.since, view)}. Nothing is approved or started.`,
      ];
    case 'file':
      return [
        own`A file on my host freezes all changes${freeze.since === undefined ? own`` : own` since ${recordTimeText(freeze.since, view)}`}. Nothing is approved or started.`,
      ];
    case 'file-unread':
      return [own`The freeze file on my host is there and I cannot read it. That freezes all changes too.`];
  }
}

function restOf({ waiting, running }: FrozenCardData): readonly Part[] {
  const goOn =
    running === 0
      ? own``
      : own`${counted(running, own`change that runs goes`, own`changes that run go`)} on to the end. `;
  const wait =
    waiting === 0
      ? own`No approved change waits for it.`
      : own`${counted(waiting, own`approved change waits`, own`approved changes wait`)} for it.`;
  return [own`${goOn}${wait}`];
}

/** 4.15: reading works, changes wait; who said so, why, and who ends it. */
export function frozenCard(data: FrozenCardData): Card {
  const { freeze, locks, view } = data;
  const quote = freeze.kind === 'file-unread' ? own`` : said` ${summaryQuote(freeze.reason)}.`;
  return fill(
    said`Changes are frozen: reading works, changes wait. ${freeze.kind === 'person' ? said`${summaryName(freeze.by)}:` : own`By a file.`}${quote}`,
    {
      strip: strip({ state: states.frozen, heading: own`Reading works, changes wait` }),
      who: paragraph(whoOf(freeze, view)),
      reason: [
        container(
          [
            textLine([freeze.kind === 'file-unread' ? own`The file` : own`The reason`], { bold: true }),
            ...(freeze.kind === 'file-unread'
              ? outsideLines(pathLines(freeze.file), { mono: true, small: true }, 'None')
              : [
                  textLine(
                    [outside(freeze.reason).map((text) => ellipsis(text, reasonLength.most))],
                    {},
                    { spacing: 'None' },
                  ),
                ]),
          ],
          { style: 'emphasis', bleed: true, spacing: 'Medium' },
        ),
      ],
      next: nextBlock([own`Until it ends`], [restOf(data), noticeParts(howToThaw(freeze))], 'no rule'),
      buttons: buttonRow(locks === undefined ? [] : [press('Show locks', locks)]),
    },
  );
}
