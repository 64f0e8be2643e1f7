import type { OwnText } from './own-text.ts';
import type { View } from './view.ts';

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly weekday: string;
  readonly zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const options = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    weekday: 'long',
    timeZoneName: 'short',
  } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  } catch {
    format = formatFor('UTC');
  }
  // A zone name comes from a chat client; the store of formats must not grow with what it sends.
  if (formats.size < 600) formats.set(zone, format);
  return format;
}

function partsOf(date: Date, zone: string): Parts {
  const found: Record<string, string> = {};
  for (const { type, value } of formatFor(zone).formatToParts(date)) found[type] = value;
  const at = (name: string) => found[name] ?? '';
  return {
    year: at('year'),
    // ICU writes "Sept" in British English; three letters keep the columns.
    month: at('month').slice(0, 3),
    day: at('day'),
    hour: at('hour'),
    minute: at('minute'),
    second: at('second'),
    weekday: at('weekday'),
    zone: at('timeZoneName'),
  };
}

/** What a date formatter answers is our own text: digits, and names of months and zones from the runtime's tables. */
function ours(text: string): OwnText {
  return text as OwnText;
}

const nbsp = '\u00a0';
const dayOf = (p: Parts) => `${p.day}${nbsp}${p.month}`;

function withDay(date: Date, view: View, time: (p: Parts) => string): OwnText {
  const then = partsOf(date, view.zone);
  const now = partsOf(view.now, view.zone);
  if (then.year !== now.year) return ours(`${dayOf(then)} ${then.year}, ${time(then)}${nbsp}${then.zone}`);
  if (dayOf(then) !== dayOf(now)) return ours(`${dayOf(then)} ${time(then)}${nbsp}${then.zone}`);
  return ours(`${time(then)}${nbsp}${then.zone}`);
}

/** "02:14 UTC"; on another day "24 Nov 21:40 UTC"; in another year "24 Nov 2025, 21:40 UTC". */
export function timeText(date: Date, view: View): OwnText {
  return withDay(date, view, (p) => `${p.hour}:${p.minute}`);
}

/** As `timeText`, with seconds: for steps and proofs. */
export function secondsText(date: Date, view: View): OwnText {
  return withDay(date, view, (p) => `${p.hour}:${p.minute}:${p.second}`);
}

/** For a record: "25 Nov 2026, 02:21 UTC". */
export function recordTimeText(date: Date, view: View): OwnText {
  const p = partsOf(date, view.zone);
  return ours(`${dayOf(p)} ${p.year}, ${p.hour}:${p.minute}${nbsp}${p.zone}`);
}

/** "02:21:06" in a list whose last line names day and zone (`dayText`). */
export function bareSecondsText(date: Date, view: View): OwnText {
  const p = partsOf(date, view.zone);
  return ours(`${p.hour}:${p.minute}:${p.second}`);
}

/** "21:00" in a row whose title names the zone. */
export function bareTimeText(date: Date, view: View): OwnText {
  const p = partsOf(date, view.zone);
  return ours(`${p.hour}:${p.minute}`);
}

/** "Sunday 29 Nov, 02:00"; in another year "Sunday 3 Jan 2027, 02:00". The line names the zone. */
export function weekdayTimeText(date: Date, view: View): OwnText {
  const p = partsOf(date, view.zone);
  const year = p.year === partsOf(view.now, view.zone).year ? '' : ` ${p.year}`;
  return ours(`${p.weekday} ${dayOf(p)}${year}, ${p.hour}:${p.minute}`);
}

/** "25 Nov" in a list whose title names the year. */
export function bareDayText(date: Date, view: View): OwnText {
  return ours(dayOf(partsOf(date, view.zone)));
}

/** "2026". */
export function yearText(date: Date, view: View): OwnText {
  return ours(partsOf(date, view.zone).year);
}

/** "Europe/Berlin", "America/New York": the name of a zone that the runtime knows, else "UTC". */
export function zoneNameText(zone: string): OwnText {
  return ours(formatFor(zone).resolvedOptions().timeZone.replaceAll('_', ' '));
}

/** "25 Nov 2026, UTC". */
export function dayText(date: Date, view: View): OwnText {
  const p = partsOf(date, view.zone);
  return ours(`${dayOf(p)} ${p.year}, ${p.zone}`);
}

/** "UTC", "CET": the zone's name at that time. */
export function zoneText(date: Date, view: View): OwnText {
  return ours(partsOf(date, view.zone).zone);
}
