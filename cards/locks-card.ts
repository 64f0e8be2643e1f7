import { buttonRow, press, rowPress } from './blocks/buttons.ts';
import { container, type Element } from './blocks/element.ts';
import { frozenBlock } from './blocks/frozen.ts';
import { whoDecided } from './blocks/people.ts';
import { spokenDeciders } from './blocks/spoken-deciders.ts';
import { states, strip } from './blocks/strip.ts';
import { outsideLines, run, textLine } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { workText } from './change-words.ts';
import { counted, countText } from './count-text.ts';
import { boldColumns, cutLines } from './cut-text.ts';
import type { FreezeView } from './freeze-view.ts';
import type { LockHolderView } from './lock-view.ts';
import template from './locks.json' with { type: 'json' };
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';

/** A server that nothing else may change now; `holder` left out: who holds it cannot be read. */
interface LockRow {
  readonly server: string;
  readonly holder?: LockHolderView;
  /** Answers with the card of the change. */
  readonly open?: Token;
}

export interface LocksCardData {
  readonly view: View;
  readonly rows: readonly LockRow[];
  readonly freeze?: FreezeView;
  /** `locks` again. */
  readonly again?: Token;
}

const fill = cardTemplate(template);
/** Rows that keep the card of the longest names below its 20 KB. */
const mostRows = 8;

const stateWords: Readonly<
  Record<LockHolderView['state'], { readonly glyph: OwnText; readonly word: OwnText }>
> = {
  unknown: states.stateUnknown,
  running: states.running,
  approved: { glyph: own`▸`, word: own`About to start` },
};

function numbered({ number }: LockHolderView['change']): OwnText {
  return number === undefined ? own`` : own`Change ${number}: `;
}

function rowElement({ server, holder, open }: LockRow, view: View, place: number): Element {
  const { glyph, word } =
    holder === undefined ? { glyph: own`?`, word: own`Lock not readable` } : stateWords[holder.state];
  const since = holder === undefined ? own`` : own`, since ${timeText(holder.since, view)}`;
  const what =
    holder === undefined
      ? own``
      : said`, ${numbered(holder.change)}${workText(holder.change)}, ${spokenDeciders(holder)}`;
  const spoken = said`${summaryName(server)}, ${word}${since}${what}. Open its change`;
  return container(
    [
      ...outsideLines(cutLines(server, boldColumns, '-.'), { bold: true }, 'None'),
      textLine([run(own`${glyph}\u00a0${word}`, { bold: true }), own`${since}`], {}, { spacing: 'None' }),
      ...(holder === undefined
        ? [smallLine([own`Nothing is started there until the store can be read.`], 'None')]
        : [
            smallLine(
              [own`${numbered(holder.change)}${workText(holder.change)}. `, ...whoDecided(holder), own`.`],
              'None',
            ),
          ]),
    ],
    {
      ...(place === 0 ? { spacing: 'Medium' } : { separator: true, spacing: 'Small' }),
      ...(open !== undefined && { selectAction: rowPress(spoken, open) }),
    },
  );
}

function headingOf(rows: readonly LockRow[]): OwnText {
  if (rows.length === 0) return own`No server is locked`;
  return rows.length === 1 ? own`1 server is locked` : own`${countText(rows.length)} servers are locked`;
}

/** `locks`: which servers a change keeps to itself, who asked, who approved, since when. */
export function locksCard({ view, rows, freeze, again }: LocksCardData): Card {
  const heading = headingOf(rows);
  const shown = rows.slice(0, mostRows);
  const more = rows.length - shown.length;
  const [first] = rows;
  const waits = rows.some(({ holder }) => holder?.state === 'unknown');
  return fill(
    said`Locks: ${heading}${first === undefined ? own`` : said`: ${summaryName(first.server)}`}.${freeze === undefined ? own`` : own` Changes are frozen.`}`,
    {
      strip: strip({ state: states.locks, heading, extra: [own`at ${timeText(view.now, view)}`] }),
      frozen: freeze === undefined ? [] : frozenBlock(freeze, view),
      rows: [
        ...shown.map((row, place) => rowElement(row, view, place)),
        ...(more > 0 ? [smallLine([own`and ${counted(more, own`more server`, own`more servers`)}`])] : []),
      ],
      hint:
        rows.length === 0
          ? smallLine([
              own`One change at a time runs on a server. None runs now, and none waits for an answer.`,
            ])
          : smallLine([
              waits
                ? own`A state that is not known keeps its server locked until somebody answers its card, or an approver types unlock, the server and a reason.`
                : own`A lock ends with its change.`,
            ]),
      buttons: buttonRow(again === undefined ? [] : [press('Show current state', again)]),
    },
  );
}
