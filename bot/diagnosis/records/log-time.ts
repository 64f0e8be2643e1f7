import type { LogTime } from '../faults/fault.ts';

type Order = 'year-first' | 'month-first';

/** A clock of twelve hours says which half of the day it is in; other words for it are not understood. */
const halves: Readonly<Record<string, 'am' | 'pm'>> = {
  am: 'am',
  'a.m.': 'am',
  上午: 'am',
  午前: 'am',
  오전: 'am',
  pm: 'pm',
  'p.m.': 'pm',
  下午: 'pm',
  午後: 'pm',
  오후: 'pm',
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Windows Update is no older; a higher one is of another calendar, and a trace that was not decoded says 1600. */
const oldestYear = 1995;
const latestYear = 2200;

function readDate(date: string, order: Order | undefined): readonly [number, number, number] | null {
  const [first = '', second = '', third = ''] = date.split(/[./-] ?/);
  const month = months.indexOf(second.slice(0, 3).toLowerCase());
  const [a, b, c] = [Number(first), month < 0 ? Number(second) : month + 1, Number(third)];
  if (first.length === 4) return [a, b, c];
  if (third.length !== 4) return null;
  if (month >= 0) return [c, b, a];
  if (order === 'month-first') return [c, a, b];
  // Every country that writes dots and the year last writes the day first.
  if (date.includes('.')) return [c, b, a];
  // The locale decides whether 04/05/2021 is April or May, and the text does not name it.
  if (a > 12) return [c, b, a];
  if (b > 12) return [c, a, b];
  return a === b ? [c, a, b] : null;
}

function hourOf(written: number, half: string | undefined): number | null {
  if (half === undefined) return written <= 23 ? written : null;
  const side = halves[half.toLowerCase()];
  if (side === undefined || written < 1 || written > 12) return null;
  return (written % 12) + (side === 'pm' ? 12 : 0);
}

const clock = /^(\d{1,2})[:.](\d\d)[:.](\d\d)(?:[.,:](\d{1,9}))?(?: ?(\S{2,4}))?$/;

function milliseconds(date: string, time: string, order?: Order): number | null {
  const parts = readDate(date, order);
  const read = clock.exec(time);
  if (parts === null || read === null) return null;
  const [year, month, day] = parts;
  const [, hours = '', minutes = '', seconds = '', fraction = '', half] = read;
  const hour = hourOf(Number(hours), half);
  const [minute, second] = [Number(minutes), Number(seconds)];
  if (hour === null || minute > 59 || second > 59 || !(year >= oldestYear && year <= latestYear)) return null;
  const value = Date.UTC(
    year,
    month - 1,
    day,
    hour,
    minute,
    second,
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  const back = new Date(value);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? value : null;
}

const plainDate = /^\d{4}-\d\d-\d\d$/;
const plainClock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}$/;
/** Lines of a log that follow each other are mostly of one day. */
let knownDate = '';

function isKnownDate(date: string): boolean {
  if (date === knownDate) return true;
  if (!plainDate.test(date) || milliseconds(date, '00:00:00') === null) return false;
  knownDate = date;
  return true;
}

/** @returns null for a date or time that does not exist. */
export function utcTime(date: string, time: string): LogTime | null {
  if (plainClock.test(time) && isKnownDate(date)) return { iso: `${date}T${time}Z`, zone: 'utc' };
  const value = milliseconds(date, time);
  return value === null ? null : { iso: new Date(value).toISOString(), zone: 'utc' };
}

/**
 * A time by a clock whose zone nobody wrote down. The time may end with AM or PM.
 * @returns null also when day and month cannot be told apart.
 */
export function localTime(date: string, time: string, order?: Order): LogTime | null {
  const value = milliseconds(date, time, order);
  return value === null ? null : { iso: new Date(value).toISOString().slice(0, -1), zone: 'local' };
}

/** @param minutesEast The clock's distance from UTC. */
export function offsetTime(local: LogTime, minutesEast: number): LogTime {
  return { iso: new Date(instant(local) - minutesEast * 60_000).toISOString(), zone: 'offset' };
}

/** @returns milliseconds since 1970, of a local time as if it were UTC: comparable within one zone only. */
export function instant(time: LogTime): number {
  return Date.parse(time.zone === 'local' ? `${time.iso}Z` : time.iso);
}
