import { readPrefix } from '../records/log-prefix.ts';
import { utcTime } from '../records/log-time.ts';
import type { LogRecord } from '../records/records.ts';
import type { LogTime } from './fault.ts';

const eventXml = /\bSystemTime=["']?(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d{1,9})?)Z/;
/** "Date:", in the language of the Event Viewer. */
const dateField = /^\p{L}{2,20}:[ \t]{1,20}(?=\d)/u;

/** "Event ID: 25": a mail has a date too, but no such number. */
const eventId = /^[^:]{2,30}:[ \t]{1,20}\d{1,5}[ \t]{0,4}$/;

/** @returns when the event of a pasted text was logged: the text has its time in a field of its own. UTC in an event's XML, a local time in its text. */
export function eventTimeIn({ lines }: LogRecord): LogTime | null {
  const isEvent = lines.some(({ normal }) => eventId.test(normal));
  for (const { normal } of lines) {
    const xml = eventXml.exec(normal);
    if (xml) return utcTime(xml[1] ?? '', xml[2] ?? '');
    const field = isEvent ? dateField.exec(normal) : null;
    const time = field === null ? null : readPrefix(normal.slice(field[0].length))?.time;
    if (time) return time;
  }
  return null;
}
