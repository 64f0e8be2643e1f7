import { type Language, languages } from './languages/language.ts';
import { inTheManner, type OwnText, saysTheSame } from './own-text.ts';
import type { View } from './view.ts';

interface Parts {
  readonly year: string;
  /** With the month: "24 Nov". */
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** With what stands between it and the day. */
  readonly weekday: string;
  readonly zone: string;
}

/** How a language writes a day. */
interface Manner {
  readonly locale: string;
  readonly month: (short: string) => string;
  readonly day: (day: string, month: string) => string;
  /** Between the name of a day and the day. */
  readonly behindWeekday: string;
}

const nbsp = '\u00a0';

const manners: Readonly<Record<Language, Manner>> = {
  en: {
    locale: 'en-GB',
    // ICU writes "Sept" in British English; three letters keep the columns.
    month: (short) => short.slice(0, 3),
    day: (day, month) => `${day}${nbsp}${month}`,
    behindWeekday: ' ',
  },
  de: {
    locale: 'de',
    month: (short) => short,
    day: (day, month) => `${day}.${nbsp}${month}`,
    behindWeekday: ', ',
  },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string, language: Language): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  const known = formats.get(key);
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
    format = new Intl.DateTimeFormat(manners[language].locale, { ...options, timeZone: zone });
  } catch {
    format = formatFor('UTC', language);
  }
  // A zone name comes from a chat client; the store of formats must not grow with what it sends.
  if (formats.size < 600 * languages.length) formats.set(key, format);
  return format;
}

function partsOf(date: Date, zone: string, language: Language): Parts {
  const found: Record<string, string> = {};
  for (const { type, value } of formatFor(zone, language).formatToParts(date)) found[type] = value;
  const at = (name: string) => found[name] ?? '';
  const manner = manners[language];
  return {
    year: at('year'),
    day: manner.day(at('day'), manner.month(at('month'))),
    hour: at('hour'),
    minute: at('minute'),
    second: at('second'),
    weekday: `${at('weekday')}${manner.behindWeekday}`,
    zone: at('timeZoneName'),
  };
}

/** Digits, and names of months and zones from the runtime's tables. */
function shown(date: Date, { zone }: Pick<View, 'zone'>, as: (parts: Parts) => string): OwnText {
  return inTheManner((language) => as(partsOf(date, zone, language)));
}

function withDay(date: Date, view: View, time: (parts: Parts) => string): OwnText {
  return inTheManner((language) => {
    const then = partsOf(date, view.zone, language);
    const now = partsOf(view.now, view.zone, language);
    if (then.year !== now.year) return `${then.day} ${then.year}, ${time(then)}${nbsp}${then.zone}`;
    return `${then.day === now.day ? '' : `${then.day} `}${time(then)}${nbsp}${then.zone}`;
  });
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
  return shown(date, view, (p) => `${p.day} ${p.year}, ${p.hour}:${p.minute}${nbsp}${p.zone}`);
}

/** "02:21:06" in a list whose last line names day and zone (`dayText`). */
export function bareSecondsText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => `${p.hour}:${p.minute}:${p.second}`);
}

/** "21:00" in a row whose title names the zone. */
export function bareTimeText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => `${p.hour}:${p.minute}`);
}

/** "Sunday 29 Nov, 02:00"; in another year "Sunday 3 Jan 2027, 02:00". The line names the zone. */
export function weekdayTimeText(date: Date, view: View): OwnText {
  const year = (p: Parts) =>
    saysTheSame(yearText(date, view), yearText(view.now, view)) ? '' : ` ${p.year}`;
  return shown(date, view, (p) => `${p.weekday}${p.day}${year(p)}, ${p.hour}:${p.minute}`);
}

/** "25 Nov" in a list whose title names the year. */
export function bareDayText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => p.day);
}

/** "2026". */
export function yearText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => p.year);
}

/** "Europe/Berlin", "America/New York": the name of a zone that the runtime knows, else "UTC". */
export function zoneNameText(zone: string): OwnText {
  return inTheManner(() => formatFor(zone, 'en').resolvedOptions().timeZone.replaceAll('_', ' '));
}

/** "25 Nov 2026, UTC". */
export function dayText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => `${p.day} ${p.year}, ${p.zone}`);
}

/** "UTC", "CET": the zone's name at that time. */
export function zoneText(date: Date, view: View): OwnText {
  return shown(date, view, (p) => p.zone);
}
