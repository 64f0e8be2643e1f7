import { days, type MaintenanceWindow, type Policy } from './policy.ts';
import { offsetSpans } from './zone-offset.ts';

/** A stretch of time: `from` belongs to it, `to` does not. */
interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Whether a change may start now, by the windows of a policy. */
export type WindowState =
  /** `until` is null when there are no windows, or when they leave no gap. */
  { readonly open: true; readonly until: Date | null } | { readonly open: false; readonly next: Span };

/**
 * A window is open exactly while the clocks of its zone show a time in it, on one of its days; where it goes past midnight,
 * its day is the one it begins on. So on the night when the clocks go forward, what they skip is missing from the window, and
 * one that lies wholly in it does not open; on the night when they go back, what they show twice is open both times.
 * Windows that touch or overlap count as one.
 */
export const windowAt = ({ windows }: Pick<Policy, 'windows'>, now: Date): WindowState => {
  if (windows.length === 0) return { open: true, until: null };
  const instant = now.getTime();
  for (const ahead of horizons) {
    const end = instant + ahead;
    const ranges = merged(windows.flatMap((window) => openRanges(window, instant - 3 * day, end)));
    const current = ranges.find(({ from, to }) => from <= instant && instant < to);
    // What reaches the horizon may go on behind it.
    if (current !== undefined && current.to < end) return { open: true, until: new Date(current.to) };
    if (current !== undefined && ahead === horizons.at(-1)) return { open: true, until: null };
    const next = ranges.find(({ from, to }) => from > instant && to < end);
    if (current === undefined && next !== undefined) {
      return { open: false, next: { from: new Date(next.from), to: new Date(next.to) } };
    }
  }
  throw new Error('looking for the next maintenance window: there is none within a year');
};

const minute = 60_000;
const day = 1440 * minute;
const horizons = [9 * day, 30 * day, 370 * day];

/** Milliseconds of the epoch; in clock time, milliseconds as if the clocks were those of UTC. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** When a window is open from `from` to `to`: what its clocks show in each span of one offset, taken back to instants. */
const openRanges = (window: MaintenanceWindow, from: number, to: number): Range[] =>
  offsetSpans(window.zone, from, to).flatMap((span) => {
    const byTheClock = clockRanges(window, span.from + span.offset, span.to + span.offset);
    return byTheClock.map((range) => ({ from: range.from - span.offset, to: range.to - span.offset }));
  });

/** When a window is open between two clock times. */
const clockRanges = (window: MaintenanceWindow, from: number, to: number): Range[] => {
  const begin = minutesOf(window.from) * minute;
  const end = minutesOf(window.to) * minute;
  const length = end > begin ? end - begin : end - begin + day;
  const ranges: Range[] = [];
  // From the day before: its window may reach over midnight.
  for (let date = Math.floor(from / day) * day - day; date < to; date += day) {
    if (!window.days.includes(dayOf(date))) continue;
    const range = { from: Math.max(from, date + begin), to: Math.min(to, date + begin + length) };
    if (range.from < range.to) ranges.push(range);
  }
  return ranges;
};

/** "02:30" → 150 */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The first day of the epoch was a Thursday. */
const dayOf = (date: number) => days[(((date / day + 3) % 7) + 7) % 7] ?? 'monday';

const merged = (ranges: readonly Range[]): Range[] => {
  const found: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last !== undefined && range.from <= last.to) {
      found[found.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else found.push(range);
  }
  return found;
};
