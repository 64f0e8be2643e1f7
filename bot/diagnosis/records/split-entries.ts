import { readPrefix } from './log-prefix.ts';

/** Where an entry may begin inside a line: a date with a time of day, the GUID of ReportingEvents.log, CMTrace's bracket. */
const begin =
  /(?:19|20)\d\d[./-]\d\d[./-]\d\d[ \t]{0,2}\d\d:\d\d:\d\d[.:]\d{3}|(?:(?<!\d)\d|\d\d)[./-]\d\d?[./-]20\d\d[ \t]\d\d?:\d\d:\d\d\.\d{7}|\{[0-9A-F]{8}-[0-9A-F-]{27}\}[ \t]?20\d\d-|<!\[LOG\[/gi;
const longestPrefix = 160;
const opening = '<![LOG[';

/**
 * A chat or a form may have taken the line ends of a whole log away.
 * @returns the entries of one line, in order; the line itself when there is one.
 */
export function splitEntries(line: string): string[] {
  if (line.length < 80) return [line];
  const entries: string[] = [];
  let from = 0;
  for (const { index } of line.matchAll(begin)) {
    if (index === 0) continue;
    const begins =
      line.startsWith(opening, index) || readPrefix(line.slice(index, index + longestPrefix)) !== null;
    if (!begins) continue;
    entries.push(line.slice(from, index));
    from = index;
  }
  entries.push(line.slice(from));
  return entries;
}
