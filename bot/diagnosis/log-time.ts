import type { LogTime } from './fault.ts';

type Order = 'year-first' | 'month-first';

function readDate(date: string, order: Order | undefined): [number, number, number] | null {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = date.split(/[./-]/).map(Number);
  if (a > 31) return [a, b, c];
  if (c <= 31) return null;
  if (order === 'month-first') return [c, a, b];
  // The locale decides whether 04/05/2021 is April or May, and the text does not name it.
  if (a > 12) return [c, b, a];
  if (b > 12) return [c, a, b];
  return a === b ? [c, a, b] : null;
}

function milliseconds(date: string, time: string, order?: Order): number | null {
  const parts = readDate(date, order);
  const clock = /^(\d{1,2}):(\d\d):(\d\d)[.:](\d{1,7})$/.exec(time);
  if (parts === null || clock === null) return null;
  const [year, month, day] = parts;
  const [hour = 0, minute = 0, second = 0] = clock.slice(1, 4).map(Number);
  const fraction = Number((clock[4] ?? '').padEnd(3, '0').slice(0, 3));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const value = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  const read = new Date(value);
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? value : null;
}

/** @returns null for a date or time that does not exist. */
export function utcTime(date: string, time: string): LogTime | null {
  const value = milliseconds(date, time);
  return value === null ? null : { iso: new Date(value).toISOString(), zone: 'utc' };
}

/** A time by a clock whose zone nobody wrote down. @returns null also when day and month cannot be told apart. */
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
