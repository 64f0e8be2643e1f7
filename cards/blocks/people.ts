import type { VoteView } from '../approval-view.ts';
import type { PeopleView } from '../change-view.ts';
import { countText } from '../count-text.ts';
import { ellipsis, inlineName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { dayText, recordTimeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { Element } from './element.ts';
import { type Part, run } from './text-line.ts';
import { smallLine } from './words.ts';

const longestQuote = 240;

/** Somebody's own words, told apart from ours by quotation marks; a full stop of theirs would stand before ours. */
export function quoted(words: string): readonly Part[] {
  return [own`“`, outside(words).map((text) => ellipsis(text, longestQuote).replace(/\.+$/, '')), own`”`];
}

/** A name inside a sentence: bold, at most 40 characters. */
export function nameRun(name: string): Part {
  return run(outside(name).map(inlineName), { bold: true });
}

interface ListWords {
  /** Before the last of a list. */
  readonly last: OwnText;
  /** In place of those that are not named. */
  readonly more: (count: number) => OwnText;
}

/** "A", "A or B", "A, B or C", "A, B, C or 4 others". */
export const oneOf: ListWords = { last: own` or `, more: (count) => own`${countText(count)} others` };
/** "A", "A and B", "A, B and C", "A, B, C and 4 more". */
export const eachOf: ListWords = { last: own` and `, more: (count) => own`${countText(count)} more` };

/** At most four names, each by `nameOf`, with what stands between them. Nobody is "nobody". */
export function listed<Name>(
  names: readonly string[],
  nameOf: (name: string) => Name,
  { last, more }: ListWords,
): readonly (Name | OwnText)[] {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const left = names.length - shown.length;
  const all = [...shown.map(nameOf), ...(left > 0 ? [more(left)] : [])];
  if (all.length === 0) return [own`nobody`];
  return all.flatMap((part, index) => {
    if (index === 0) return [part];
    return [index === all.length - 1 ? last : own`, `, part];
  });
}

export function anyOf(names: readonly string[]): readonly Part[] {
  return listed(names, nameRun, oneOf);
}

/** "A or B may approve it", "Nobody may approve it" where the list is empty. */
export function mayApproveWords(approvers: readonly string[]): readonly Part[] {
  return approvers.length === 0 ? [own`Nobody may approve it`] : [...anyOf(approvers), own` may approve it`];
}

export function allOf(names: readonly string[]): readonly Part[] {
  return listed(names, nameRun, eachOf);
}

/** Who approved, oldest first, by either way of saying it. */
export function votesOf({ approvals, approvedBy, approvedAt }: PeopleView): readonly Partial<VoteView>[] {
  if (approvals !== undefined) return approvals;
  return approvedBy === undefined
    ? []
    : [{ by: approvedBy, ...(approvedAt !== undefined && { at: approvedAt }) }];
}

/** Display names of those who had a part in a change. */
export interface Deciders {
  readonly askedBy: string;
  readonly approvedBy: readonly string[];
  /** Who ran it alone. */
  readonly brokeGlass?: string;
}

function decidersOf(people: PeopleView): Deciders {
  return {
    askedBy: people.askedBy,
    approvedBy: votesOf(people).flatMap(({ by }) => (by === undefined ? [] : [by])),
    ...(people.brokeGlass !== undefined && { brokeGlass: people.brokeGlass.by }),
  };
}

/** "Asked by A, approved by B and C", "Asked by A, run alone by D". */
export function whoDecided({ askedBy, approvedBy, brokeGlass }: Deciders): readonly Part[] {
  return [
    own`Asked by `,
    nameRun(askedBy),
    ...(approvedBy.length === 0 ? [] : [own`, approved by `, ...allOf(approvedBy)]),
    ...(brokeGlass === undefined ? [] : [own`, run alone by `, nameRun(brokeGlass)]),
  ];
}

/** "Change 1042. ", where the number is known. */
export function numberWords(number: number | undefined): OwnText {
  return number === undefined ? own`` : own`Change ${number}. `;
}

/** Why one person ran it alone, as a line of its own. */
export function glassLine({ brokeGlass }: PeopleView): readonly Element[] {
  return brokeGlass === undefined
    ? []
    : [smallLine([own`Why alone: `, ...quoted(brokeGlass.reason), own`.`], 'None')];
}

/** "Change 1042. Asked by A, approved by B, 25 Nov 2026, 02:21 UTC." */
export function recordLine(people: PeopleView, view: View, number?: number): readonly Element[] {
  const at = people.brokeGlass?.at ?? votesOf(people).at(-1)?.at;
  return [
    smallLine([
      numberWords(number),
      ...whoDecided(decidersOf(people)),
      ...(at === undefined ? [] : [own`, ${recordTimeText(at, view)}`]),
      own`.`,
    ]),
    ...glassLine(people),
  ];
}

/** "Change 1042. Asked by A, approved by B. Times of 25 Nov 2026, UTC." */
export function peopleOfList(people: PeopleView, day: Date, view: View, number?: number): readonly Element[] {
  return [
    smallLine([
      numberWords(number),
      ...whoDecided(decidersOf(people)),
      own`. Times of ${dayText(day, view)}.`,
    ]),
    ...glassLine(people),
  ];
}
