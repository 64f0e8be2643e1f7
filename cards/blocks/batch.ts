import type { BatchPlanView, LeftOutView } from '../batch-view.ts';
import type { ChangeView } from '../change-view.ts';
import { activationText, fromTo, keyText, mainEdit } from '../change-words.ts';
import { counted, countText } from '../count-text.ts';
import { inlineName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { joinedWords, type OwnText, own, said, saysTheSame, verbatim, type Words } from '../own-text.ts';
import type { Element } from './element.ts';
import { nameRun } from './people.ts';
import { type Part, run } from './text-line.ts';
import { paragraph, smallLine } from './words.ts';

/** The change in a few words, without the server: "400 to 800". */
function shortWork({ work }: ChangeView): OwnText {
  if (work.kind === 'restart') return own`restart, limit ${work.value}`;
  const edit = mainEdit(work);
  const second = work.edits[1];
  const back = work.kind === 'roll-back' ? own`back, ` : own``;
  return second === undefined
    ? own`${back}${fromTo(edit)}`
    : own`${back}${fromTo(edit)}, ${keyText(second.key)} ${fromTo(second)}`;
}

/** One change that all plans have in common, without its server. */
export function sharedWork(plans: readonly BatchPlanView[]): ChangeView['work'] | undefined {
  const [first] = plans;
  if (first === undefined) return undefined;
  const same = plans.every(
    ({ change }) =>
      change.work.kind === first.change.work.kind && saysTheSame(shortWork(change), shortWork(first.change)),
  );
  return same ? withoutLines(first.change.work) : undefined;
}

/** A line number is true of one server only. */
function withoutLines(work: ChangeView['work']): ChangeView['work'] {
  if (work.kind === 'restart') return work;
  return { ...work, edits: work.edits.map(({ line: _, ...edit }) => edit) };
}

function stopsText({ change, sites }: BatchPlanView): OwnText {
  if (change.activation === 'RecyclePool') return own`the pool of WSUS is recycled`;
  const activation = activationText(change.activation);
  return sites === undefined
    ? own`${activation} stops all sites`
    : own`${activation} stops ${counted(sites, own`site`, own`sites`)}`;
}

/** Place in the order, server, what stops; what changes there where the plans differ. */
export function batchPlanRow(plan: BatchPlanView, place: number, isShared: boolean): Element {
  const what = isShared ? own`` : own`${shortWork(plan.change)}, `;
  return paragraph([own`${place}. `, nameRun(plan.change.server), own`: ${what}${stopsText(plan)}`], 'Small');
}

/** Plans without a row of their own, in lines of ten names; with its change where the plans differ. */
export function otherPlans(plans: readonly BatchPlanView[], isShared: boolean): readonly Element[] {
  return nameLines(
    plans.map(({ change }) =>
      isShared ? plainName(change.server) : said`${plainName(change.server)} (${shortWork(change)})`,
    ),
  );
}

const perLine = 10;

/** A name for `nameLines`: its characters stand in a text run. */
export function plainName(name: string): Words {
  return verbatim(outside(name).map(inlineName).plainCharacters());
}

/** Many names, in lines of ten, each line one run: names cost too much of a card's size as runs of their own. */
export function nameLines(names: readonly Words[], label: OwnText = own``): readonly Element[] {
  const lines: Element[] = [];
  for (let start = 0; start < names.length; start += perLine) {
    lines.push(smallLine([label, joinedWords(names.slice(start, start + perLine), own`, `)], 'None'));
  }
  return lines;
}

/** Why it is left out, in a few words. */
export const leftOutWords: Readonly<Record<LeftOutView['why'], OwnText>> = {
  healthy: own`healthy`,
  'not-active': own`raised, needs a restart`,
  'still-failing': own`raised, still failing`,
  'service-down': own`service down`,
  'not-readable': own`not readable`,
  'changed-since': own`changed since it was read`,
  locked: own`another change holds it`,
  'file-refused': own`file refused`,
  'not-wsus': own`not WSUS`,
  unclear: own`unclear`,
  'not-allowed': own`you may not ask there`,
};
const mostLeftOut = 8;

/** "Left out: wsus04 (healthy), wsus05 (not readable)." */
export function leftOutLine(leftOut: readonly LeftOutView[]): readonly Element[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, mostLeftOut);
  const more = leftOut.length - shown.length;
  return [
    paragraph([
      run(own`Left out: `, { bold: true }),
      ...shown.flatMap(({ server, why }, index): readonly Part[] => [
        ...(index === 0 ? [] : [own`, `]),
        nameRun(server),
        own` (${leftOutWords[why]})`,
      ]),
      ...(more > 0 ? [own` and ${countText(more)} more`] : []),
      own`.`,
    ]),
  ];
}
