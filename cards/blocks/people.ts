import type { PeopleView } from '../change-view.ts';
import { countText } from '../count-text.ts';
import { inlineName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { dayText, recordTimeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { Element } from './element.ts';
import { type Part, run } from './text-line.ts';
import { smallLine } from './words.ts';

/** A name inside a sentence: bold, at most 40 characters. */
export function nameRun(name: string): Part {
  return run(outside(name).map(inlineName), { bold: true });
}

/** "A", "A or B", "A, B or C", "A, B, C or 4 more". Nobody is "nobody". */
export function anyOf(names: readonly string[]): readonly Part[] {
  return listed(names, own` or `);
}

function listed(names: readonly string[], last: OwnText): readonly Part[] {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const parts = shown.map(nameRun);
  const all =
    shown.length < names.length ? [...parts, own`${countText(names.length - shown.length)} more`] : parts;
  if (all.length === 0) return [own`nobody`];
  return all.flatMap((part, index) => {
    if (index === 0) return [part];
    return [index === all.length - 1 ? last : own`, `, part];
  });
}

/** "A", "A and B", "A, B and C", "A, B, C and 4 more". */
export function allOf(names: readonly string[]): readonly Part[] {
  return listed(names, own` and `);
}

/** "Asked by A, approved by B, 25 Nov 2026, 02:21 UTC". */
export function recordLine(people: PeopleView, view: View): Element {
  const approved: readonly Part[] =
    people.approvedBy === undefined ? [] : [own`, approved by `, nameRun(people.approvedBy)];
  const at: readonly Part[] =
    people.approvedAt === undefined ? [] : [own`, ${recordTimeText(people.approvedAt, view)}`];
  return smallLine([own`Asked by `, nameRun(people.askedBy), ...approved, ...at]);
}

/** "Asked by A, approved by B. Times of 25 Nov 2026, UTC." */
export function peopleOfList(people: PeopleView, day: Date, view: View): Element {
  const approved: readonly Part[] =
    people.approvedBy === undefined ? [] : [own`, approved by `, nameRun(people.approvedBy)];
  return smallLine([
    own`Asked by `,
    nameRun(people.askedBy),
    ...approved,
    own`. Times of ${dayText(day, view)}.`,
  ]);
}
