import type { BatchRowView, RowReason } from '../batch-view.ts';
import { doingText } from '../change-words.ts';
import { codedText } from '../coded-text.ts';
import { countText } from '../count-text.ts';
import { durationText } from '../duration-text.ts';
import { joined, type OwnText, own } from '../own-text.ts';
import { nameLines, plainName } from './batch.ts';
import type { Element } from './element.ts';
import { nameRun } from './people.ts';
import { type StepMark, stepRow } from './step.ts';
import type { Part } from './text-line.ts';
import { smallLine } from './words.ts';

/** Rows that keep the card of the longest names below its 20 KB. */
const mostRows = 12;

type RowState = BatchRowView['state'];

const marks: Readonly<Record<RowState, StepMark>> = {
  waits: 'later',
  running: 'now',
  done: 'done',
  failed: 'failed',
  'not-started': 'not-possible',
  unknown: 'not-known',
};

/** In the order of a heading. */
const stateWords: Readonly<Record<RowState, OwnText>> = {
  failed: own`failed`,
  unknown: own`unknown`,
  done: own`done`,
  running: own`running`,
  waits: own`waiting`,
  'not-started': own`not started`,
};

function detailOf({ change, reason, state, step }: BatchRowView): readonly Part[] {
  if (reason !== undefined && (state === 'failed' || state === 'unknown' || state === 'not-started')) {
    return [own`${stateWords[state]}: `, ...reasonParts(reason)];
  }
  return state === 'running' && step !== undefined ? [doingText(step, change)] : [stateWords[state]];
}

function reasonParts(reason: RowReason): readonly Part[] {
  if (typeof reason === 'string') return [codedText(reason, 120)];
  switch (reason.kind) {
    case 'declined':
      return [own`declined by `, nameRun(reason.by)];
    case 'withdrawn':
      return [own`withdrawn by `, nameRun(reason.by)];
    case 'taken-over':
      return [nameRun(reason.by), own` finishes it by hand`];
    case 'expired':
      return [own`its time was over before it could start`];
    case 'superseded':
      return [own`a newer plan took its place`];
  }
}

export function batchRow(row: BatchRowView): Element {
  return stepRow({
    mark: marks[row.state],
    what: [nameRun(row.change.server)],
    detail: detailOf(row),
    ...(row.took !== undefined && { time: durationText(row.took) }),
  });
}

/** "1 failed, 3 done, 2 not started". */
export function batchCounts(rows: readonly BatchRowView[]): OwnText {
  const counts = (Object.entries(stateWords) as readonly [RowState, OwnText][]).flatMap(([state, word]) => {
    const count = rows.filter((row) => row.state === state).length;
    return count === 0 ? [] : [own`${countText(count)} ${word}`];
  });
  return joined(counts, own`, `);
}

/** Of many servers those that a person looks for: at work, in trouble, and the next ones; the others fold. */
export function splitBatch(rows: readonly BatchRowView[]) {
  if (rows.length <= mostRows) return { shown: rows, folded: [] };
  const urgent = rows.filter(
    (row) => row.state === 'running' || row.state === 'failed' || row.state === 'unknown',
  );
  const next = rows.filter((row) => row.state === 'waits').slice(0, 3);
  const shown = rows.filter((row) => urgent.includes(row) || next.includes(row)).slice(0, mostRows);
  return { shown, folded: rows.filter((row) => !shown.includes(row)) };
}

const mostLines = 7;

/** The folded ones by state, in lines of ten names. */
export function foldedRows(rows: readonly BatchRowView[]): readonly Element[] {
  const lines: Element[] = [];
  for (const state of Object.keys(stateWords) as readonly RowState[]) {
    const names = rows.filter((row) => row.state === state).map((row) => plainName(row.change.server));
    lines.push(...nameLines(names, own`${stateWords[state]}: `));
  }
  const rest =
    lines.length > mostLines ? [smallLine([own`and more: type history for all of them`], 'None')] : [];
  return [...lines.slice(0, mostLines), ...rest];
}
