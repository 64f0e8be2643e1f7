import { buttonRow, press, rowPress } from './blocks/buttons.ts';
import { code } from './blocks/code-band.ts';
import { type Element, element } from './blocks/element.ts';
import { nameRun, whoDecided } from './blocks/people.ts';
import { spokenDeciders } from './blocks/spoken-deciders.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import { paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { WorkView } from './change-view.ts';
import { fromTo, mainEdit } from './change-words.ts';
import { counted, countText } from './count-text.ts';
import { durationText } from './duration-text.ts';
import template from './history.json' with { type: 'json' };
import type { AuditChainView, HistoryRow } from './history-view.ts';
import { historyWords } from './history-words.ts';
import { joined, type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { bareDayText, bareTimeText, yearText, zoneText } from './time-text.ts';
import type { View } from './view.ts';

/** How many entries a page has. */
export const historyPage = 5;

/** One page of what was asked for and done. */
export interface HistoryCardData {
  readonly view: View;
  /** Left out: of all servers, and each entry names its own. */
  readonly server?: string;
  /** At most a page, newest first. */
  readonly rows: readonly HistoryRow[];
  /** How many newer entries the pages before hold. */
  readonly before: number;
  readonly total: number;
  /** Numbers of changes of this page that could not be read. */
  readonly unreadable?: readonly number[];
  readonly chain: AuditChainView;
  readonly check?: Token;
  readonly older?: Token;
  readonly newer?: Token;
}

const fill = cardTemplate(template);

function whatText(work: WorkView): OwnText {
  return work.kind === 'restart' ? own`limit ${work.value}` : fromTo(mainEdit(work));
}

/** "Rolled back" and "Restarted" where that is what was done. */
function wordOf({ state, change }: HistoryRow): OwnText {
  if (state !== 'succeeded' || change.work.kind === 'raise') return historyWords[state].word;
  return change.work.kind === 'roll-back' ? own`Rolled back` : own`Restarted`;
}

function rowElement(
  row: HistoryRow,
  view: View,
  { isFirst, isNamed, year }: { isFirst: boolean; isNamed: boolean; year: OwnText | undefined },
): Element {
  const { at, change, took } = row;
  const word = wordOf(row);
  const what = whatText(change.work);
  const time = bareTimeText(at, view);
  const number = change.number === undefined ? own`` : own` ${change.number}`;
  const named = isNamed ? said` on ${summaryName(change.server)}` : own``;
  const inYear = year === undefined ? own`` : own` ${yearText(at, view)}`;
  const lasted = took === undefined ? own`` : own`, took ${durationText(took)}`;
  const spoken = said`Change${number}${named}, ${bareDayText(at, view)}${inYear} ${time}, ${word}, ${what}, ${spokenDeciders(row)}${lasted}. Open it`;
  return element('ColumnSet', {
    ...(isFirst ? { spacing: 'Medium' } : { separator: true, spacing: 'Small' }),
    selectAction: rowPress(spoken, row.open),
    columns: [
      element('Column', {
        width: '64px',
        items: [
          textLine([run(bareDayText(at, view), { bold: true })]),
          smallLine([time], 'None'),
          ...(year === undefined ? [] : [smallLine([yearText(at, view)], 'None')]),
        ],
      }),
      element('Column', {
        width: 'stretch',
        spacing: 'Small',
        items: [
          textLine(
            [run(own`${historyWords[row.state].glyph}\u00a0${word}: `, { bold: true }), what],
            {},
            { columns: 24 },
          ),
          ...(isNamed ? [textLine([nameRun(change.server)], {}, { spacing: 'None', columns: 24 })] : []),
          textLine(
            [...whoDecided(row), ...(took === undefined ? [] : [own`, took ${durationText(took)}`])],
            { small: true, subtle: true },
            { spacing: 'None', columns: 26 },
          ),
        ],
      }),
    ],
  });
}

function headingOf({ before, rows, total, server, unreadable = [] }: HistoryCardData): OwnText {
  const [newest] = rows;
  if (before > 0) return own`Older entries: ${entriesText(before, rows.length + unreadable.length, total)}`;
  if (Math.max(0, ...unreadable) > (newest?.change.number ?? 0)) return own`The newest entry is not readable`;
  if (newest !== undefined) return historyWords[newest.state].heading;
  return server === undefined
    ? own`Nothing was asked for yet`
    : own`Nothing was asked for on this server yet`;
}

/** "5 of 9 entries", on a later page "6 to 9 of 9 entries". */
function entriesText(before: number, shown: number, total: number): OwnText {
  if (shown === total) return counted(total, own`entry`, own`entries`);
  return before === 0
    ? own`${countText(shown)} of ${countText(total)} entries`
    : own`${countText(before + 1)} to ${countText(before + shown)} of ${countText(total)} entries`;
}

function chainSpoken(chain: AuditChainView): OwnText {
  if (chain.kind === 'broken') return own` The audit chain is broken${atEntry(chain)}.`;
  return own``;
}

/** Entries that are there and cannot be shown are not left out in silence. */
function unreadableLine(numbers: readonly number[]): readonly Element[] {
  if (numbers.length === 0) return [];
  const list = joined(
    numbers.map((number) => own`${number}`),
    own`, `,
  );
  return [
    paragraph([
      run(own`?\u00a0Not readable: ${numbers.length === 1 ? own`change` : own`changes`} ${list}. `, {
        bold: true,
      }),
      own`What is stored is damaged, or of another version of mine.`,
    ]),
  ];
}

/** A broken chain is no footnote: it says so above the rows' count and what to do. */
function chainWarning(chain: AuditChainView): readonly Element[] {
  if (chain.kind !== 'broken') return [];
  return [
    paragraph([
      run(own`!\u00a0Audit chain broken${atEntry(chain)}. `, { bold: true }),
      own`Somebody changed the record, so do not rely on what stands here. On my host run `,
      code('wsus-bot audit verify'),
      own`.`,
    ]),
  ];
}

const atEntry = ({ entry }: { readonly entry?: number }): OwnText =>
  entry === undefined ? own`` : own` at entry ${entry}`;

const chainText: Readonly<Record<AuditChainView['kind'], OwnText>> = {
  intact: own` Audit chain intact.`,
  broken: own``,
  'not-checked': own` Audit chain not checked.`,
};

/** 4.14: who asked for what, who approved it, how it ended. */
export function historyCard(data: HistoryCardData): Card {
  const { before, chain, rows, server, total, unreadable = [], view } = data;
  const shown = rows.length + unreadable.length;
  const heading = headingOf(data);
  const zone = own`times in ${zoneText(view.now, view)}`;
  const years = new Set(rows.map((row) => yearText(row.at, view)));
  const [year] = years;
  const isOneYear = years.size === 1 && year !== undefined;
  return fill(
    said`History${server === undefined ? own`` : said` of ${summaryName(server)}`}: ${heading}. ${counted(total, own`entry`, own`entries`)}.${chainSpoken(chain)}`,
    {
      strip: strip({
        state: states.history,
        ...(server !== undefined && { server }),
        extra: [isOneYear ? own`${year}, ${zone}` : zone],
        heading,
      }),
      rows: rows.map((row, index) =>
        rowElement(row, view, {
          isFirst: index === 0,
          isNamed: server === undefined,
          year: isOneYear ? undefined : year,
        }),
      ),
      none:
        rows.length === 0
          ? [paragraph([own`An entry is written for everything that somebody asks for.`])]
          : [],
      chain: [...unreadableLine(unreadable), ...chainWarning(chain)],
      foot: smallLine([
        own`${entriesText(before, shown, total)}.${chainText[chain.kind]}${rows.length === 0 ? own`` : own` Press an entry to open it.`}`,
      ]),
      buttons: buttonRow([
        ...(data.check === undefined || server === undefined ? [] : [press({ check: server }, data.check)]),
        ...(data.newer === undefined ? [] : [press('Newer', data.newer)]),
        ...(data.older === undefined ? [] : [press('Older', data.older)]),
      ]),
    },
  );
}
