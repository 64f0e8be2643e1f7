import template from './batch-progress.json' with { type: 'json' };
import type { BatchRowView } from './batch-view.ts';
import { batchCounts, batchRow, foldedRows, splitBatch } from './blocks/batch-rows.ts';
import { breakGlass } from './blocks/break-glass.ts';
import { buttonRow, fold, press, toggle } from './blocks/buttons.ts';
import { container, type Element } from './blocks/element.ts';
import { nameRun, recordLine } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import { nextBlock, paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { PeopleView } from './change-view.ts';
import { doingText } from './change-words.ts';
import { counted, countText } from './count-text.ts';
import { durationText } from './duration-text.ts';
import { type OwnText, own, said, saysTheSame } from './own-text.ts';
import type { Token } from './press.ts';
import { type WaitsFor, waitHeading, waitWords } from './queued-card.ts';
import { summaryName, withSingleStops } from './summary-text.ts';
import { secondsText } from './time-text.ts';
import type { View } from './view.ts';

/** How far the changes of a batch are. `view.now` is the time of this update. */
export interface BatchProgressCardData {
  readonly view: View;
  /** In the order of the batch; at least one. */
  readonly rows: readonly BatchRowView[];
  /** Of the first that started; absent: none has. */
  readonly startedAt?: Date;
  /** Absent while something runs or waits. */
  readonly endedAt?: Date;
  readonly people: PeopleView;
  /** Nothing has started yet, for this reason. */
  readonly waitsFor?: Exclude<WaitsFor, { kind: 'turn' }>;
  readonly showState: Token;
  /** Takes back all that have not started: for the requester and for approvers. */
  readonly withdraw?: Token;
  /** Comes with `inputs.reason`: while nothing has started. */
  readonly breakGlass?: Token;
  /** Plans those again that failed or were not started, for a new approval: at the end, when there are any. */
  readonly retry?: Token;
}

const fill = cardTemplate(template);
function headingOf({ rows, endedAt, waitsFor, view }: BatchProgressCardData): OwnText {
  if (waitsFor !== undefined) return waitHeading(waitsFor, view);
  const done = rows.filter((row) => row.state === 'done').length;
  if (endedAt === undefined) {
    const running = rows.filter((row) => row.state === 'running');
    const [only] = running;
    return running.length === 1 && only?.step !== undefined
      ? own`Server ${rows.indexOf(only) + 1} of ${rows.length}: ${doingText(only.step, only.change)}`
      : own`${countText(done)} of ${counted(rows.length, own`server`, own`servers`)} done`;
  }
  if (done < rows.length) return batchCounts(rows);
  return done === 1 ? own`The one server is done` : own`All ${countText(done)} servers are done`;
}

function stateOf({ rows, endedAt, waitsFor }: BatchProgressCardData) {
  if (waitsFor !== undefined) return states.queued;
  if (endedAt === undefined) return states.running;
  if (rows.some((row) => row.state === 'unknown')) return states.stateUnknown;
  if (rows.some((row) => row.state === 'failed')) return states.failed;
  return rows.some((row) => row.state === 'not-started') ? states.cancelled : states.doneAndProven;
}

/** What a retry plans again. One of unknown state waits for an answer on its own card first. */
function retried(rows: readonly BatchRowView[]): number {
  return rows.filter((row) => row.state === 'failed' || row.state === 'not-started').length;
}

/** Server at which the batch stopped. */
function stoppedAt(rows: readonly BatchRowView[]): BatchRowView | undefined {
  return rows.find((row) => row.state === 'unknown') ?? rows.find((row) => row.state === 'failed');
}

function nextOf({ rows, endedAt, retry, waitsFor, view }: BatchProgressCardData): readonly Element[] {
  if (waitsFor !== undefined) return [paragraph(waitWords(waitsFor, view))];
  if (endedAt === undefined) return [];
  const stopped = stoppedAt(rows);
  const again = retried(rows);
  if (rows.every((row) => row.state === 'done')) {
    return [
      nextBlock(
        [own`Next: watch one failing client`],
        [[own`Clients scan by themselves within 22\u00a0h. The proof of each server is on its own card.`]],
      ),
    ];
  }
  return [
    nextBlock(
      stopped === undefined
        ? [own`Next: plan them again`]
        : [own`Next: look at `, nameRun(stopped.change.server)],
      [
        ...(stopped === undefined ? [] : [[own`Its own card says what is true there and what to do.`]]),
        ...(retry === undefined || again === 0
          ? []
          : [
              [
                own`Retry reads the ${counted(again, own`server`, own`servers`)} that failed or did not run, and asks for a new approval.`,
              ],
            ]),
      ],
    ),
  ];
}

/** The batch while it runs and for ever after: one row a server, what stopped it, and how to go on. */
export function batchProgressCard(data: BatchProgressCardData): Card {
  const { rows, view, startedAt, endedAt, people, retry, waitsFor } = data;
  const state = stateOf(data);
  const heading = headingOf(data);
  const { shown, folded } = splitBatch(rows);
  const stopped = endedAt === undefined ? undefined : stoppedAt(rows);
  const again = retried(rows);
  const time = startedAt && (endedAt ?? view.now).getTime() - startedAt.getTime();
  const counts = batchCounts(rows);
  const next = stopped === undefined ? own`` : said` Next: look at ${summaryName(stopped.change.server)}.`;
  return fill(
    withSingleStops(
      said`${state.word}: batch of ${counted(rows.length, own`server`, own`servers`)}. ${heading}.${saysTheSame(heading, counts) ? own`` : own` ${counts}.`}${next}`,
    ),
    {
      strip: strip({
        state,
        heading,
        extra: [
          counted(rows.length, own`server`, own`servers`),
          ...(time === undefined
            ? []
            : [
                own` · `,
                endedAt === undefined ? own`${durationText(time)} so far` : own`took ${durationText(time)}`,
              ]),
        ],
      }),
      rows: shown.length === 0 ? [] : [container(shown.map(batchRow), { spacing: 'Medium' })],
      counts: folded.length === 0 ? [] : [smallLine([own`In all: ${counts}.`])],
      next: nextOf(data),
      people: recordLine(people, view),
      updated:
        endedAt === undefined && waitsFor === undefined
          ? [
              smallLine(
                [own`Updated ${secondsText(view.now, view)}. You can close Teams, the changes go on.`],
                'None',
              ),
            ]
          : [],
      buttons: buttonRow([
        ...(retry === undefined || endedAt === undefined || again === 0
          ? []
          : [press({ retry: again }, retry)]),
        ...(data.withdraw === undefined ? [] : [press('Withdraw', data.withdraw, { withoutInputs: true })]),
        press('Show current state', data.showState, { withoutInputs: true }),
        ...(folded.length === 0 ? [] : [toggle('All servers')]),
      ]),
      glass: breakGlass(data.breakGlass),
      fold: folded.length === 0 ? [] : fold(foldedRows(folded)),
    },
  );
}
