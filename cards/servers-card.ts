import { buttonRow, press, rowPress } from './blocks/buttons.ts';
import { type Element, element } from './blocks/element.ts';
import { states, strip } from './blocks/strip.ts';
import { outsideLines, run, textLine } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted, countText } from './count-text.ts';
import { boldColumns, cutLines } from './cut-text.ts';
import { joined, type OwnText, own, said, saysTheSame } from './own-text.ts';
import type { Token } from './press.ts';
import template from './servers.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';

export type ServerState =
  | 'limit-too-low'
  | 'raised-not-active'
  | 'raised-still-failing'
  | 'service-down'
  | 'healthy'
  | 'file-refused'
  | 'not-wsus'
  | 'unclear'
  | 'not-readable'
  | 'change-running'
  | 'not-read';

export interface ServerRow {
  readonly server: string;
  readonly state: ServerState;
  readonly limit?: number;
  readonly readAt?: Date;
  readonly check: Token;
}

/** What is known of each server; nothing is read for it. Rows in any order: the worst is shown first. */
export interface ServersCardData {
  readonly view: View;
  readonly rows: readonly ServerRow[];
}

const fill = cardTemplate(template);

interface StateWords {
  readonly glyph: OwnText;
  readonly word: OwnText;
  /** In the heading: "2 too low". */
  readonly few: OwnText;
}

/** Worst first: the order of the rows. */
const stateWords: Readonly<Record<ServerState, StateWords>> = {
  'limit-too-low': { glyph: own`✕`, word: own`Limit too low`, few: own`too low` },
  'service-down': { glyph: own`✕`, word: own`Service down`, few: own`down` },
  'raised-still-failing': { glyph: own`✕`, word: own`Raised, still failing`, few: own`still failing` },
  'file-refused': { glyph: own`✕`, word: own`File refused`, few: own`refused` },
  'raised-not-active': { glyph: own`!`, word: own`Raised, not active`, few: own`not active` },
  unclear: { glyph: own`?`, word: own`Unclear`, few: own`unclear` },
  'not-readable': { glyph: own`?`, word: own`Not readable`, few: own`not readable` },
  'not-wsus': { glyph: own`?`, word: own`Not WSUS`, few: own`not WSUS` },
  'change-running': { glyph: own`▸`, word: own`A change is running`, few: own`running` },
  'not-read': { glyph: own`○`, word: own`Not read yet`, few: own`not read yet` },
  healthy: { glyph: own`✓`, word: own`Healthy`, few: own`healthy` },
};
const order = Object.keys(stateWords);
const needsNobody: readonly ServerState[] = ['healthy', 'not-read', 'change-running'];
/** Rows that keep the card of the longest names below its 20 KB. */
const mostRows = 12;

function rowElement({ server, state, limit, readAt, check }: ServerRow, usual: OwnText, view: View): Element {
  const { glyph, word } = stateWords[state];
  const limitText = limit === undefined ? own`–` : own`${limit}`;
  // The strip says when the servers were read: a row says it only where it differs.
  const time = readAt === undefined ? usual : timeText(readAt, view);
  const read = saysTheSame(time, usual) ? own`` : own`, read ${time}`;
  const spoken = said`${summaryName(server)}, ${word}${read}${limit === undefined ? own`` : own`, limit ${limit}`}. Check it`;
  return element('ColumnSet', {
    separator: true,
    spacing: 'Small',
    selectAction: rowPress(spoken, check),
    columns: [
      element('Column', { width: '16px', items: [textLine([glyph])] }),
      element('Column', {
        width: 'stretch',
        spacing: 'Small',
        items: [
          ...outsideLines(cutLines(server, boldColumns, '-.'), { bold: true }, 'None'),
          textLine([own`${word}${read}`], {}, { spacing: 'None' }),
        ],
      }),
      element('Column', {
        width: '44px',
        spacing: 'Small',
        items: [textLine([run(limitText, { bold: true })], {}, { horizontalAlignment: 'Right' })],
      }),
    ],
  });
}

function headingOf(rows: readonly ServerRow[]): OwnText {
  if (rows.length === 0) return own`My inventory is empty`;
  const counts = (Object.entries(stateWords) as readonly [ServerState, StateWords][]).flatMap(
    ([state, { few }]) => {
      const count = rows.filter((row) => row.state === state).length;
      return count === 0 ? [] : [own`${countText(count)} ${few}`];
    },
  );
  return joined(counts.slice(0, 3), own`, `);
}

function stateOf(rows: readonly ServerRow[]) {
  const waiting = rows.filter((row) => !needsNobody.includes(row.state)).length;
  if (waiting > 0) {
    const word = own`${waiting} of ${rows.length} ${waiting === 1 ? own`needs` : own`need`} you`;
    return { glyph: own`!`, word, style: 'emphasis' } as const;
  }
  if (rows.length > 0 && rows.every((row) => row.state === 'healthy')) {
    return { ...states.healthy, word: rows.length === 1 ? own`Healthy` : own`All ${rows.length} healthy` };
  }
  return states.servers;
}

function newestTime(rows: readonly ServerRow[], view: View): OwnText | undefined {
  const times = rows.flatMap(({ readAt }) => (readAt === undefined ? [] : [readAt.getTime()]));
  return times.length === 0 ? undefined : timeText(new Date(Math.max(...times)), view);
}

/** 4.12 in simple form. */
export function serversCard({ rows, view }: ServersCardData): Card {
  const sorted = [...rows].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const worst = sorted[0];
  const shown = sorted.slice(0, mostRows);
  const more = sorted.length - shown.length;
  const state = stateOf(rows);
  const heading = headingOf(rows);
  const read = newestTime(rows, view);
  return fill(
    said`${state.word}: ${heading}. ${worst === undefined ? own`The owner of my configuration adds servers.` : said`Next: check ${summaryName(worst.server)}.`}`,
    {
      strip: strip({ state, heading, ...(read === undefined ? {} : { extra: [own`read ${read}`] }) }),
      rows: shown.map((row) => rowElement(row, read ?? own``, view)),
      more:
        more > 0
          ? [
              smallLine([
                own`and ${counted(more, own`more server`, own`more servers`)}: type check and the name`,
              ]),
            ]
          : [],
      hint: own`Press a row to check that server. Reading changes no setting.`,
      buttons: buttonRow(
        worst === undefined ? [] : [press({ check: worst.server }, worst.check, { first: true })],
      ),
    },
  );
}
