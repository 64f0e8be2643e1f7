import type { LogTime, SourceLog } from './fault.ts';
import { localTime, offsetTime, utcTime } from './log-time.ts';

/** What stands before (or, in CMTrace's case, behind) the text of a log line. */
export interface LogPrefix {
  readonly source: SourceLog;
  readonly time: LogTime | null;
  /** Process and thread: lines of one failure share it. */
  readonly thread: string;
}

const serverLine =
  /^(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d\.\d{1,7})[ \t]{1,8}(UTC[ \t]{1,8})?(?:Info|Warning|Error|Verbose|Trace)[ \t]{1,8}((?:w3wp|WsusService|[A-Za-z]{1,40})\.\d{1,9})\b/;
const legacyClientLine =
  /^(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d:\d{3})[ \t]{1,8}(\d{1,9})[ \t]{1,8}([0-9a-fA-F]{1,8})[ \t]{1,16}\S/;
const tracedClientLine =
  /^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})[ \t]{1,8}(\d{1,2}:\d\d:\d\d\.\d{1,7})[ \t]{1,16}(\d{1,9})[ \t]{1,16}(\d{1,9})[ \t]{1,16}\S/;
const cmTrace =
  /\]LOG\]!><time="(\d\d:\d\d:\d\d\.\d{1,7})([+-]\d{1,4})?"[ \t]{1,4}date="(\d{1,2}-\d{1,2}-\d{4})"[ \t]{1,4}component="([^"]{0,80})"(?:[^>]{0,200}\bthread="(\d{1,9})")?/;
const oldCmTrace =
  /\$\$<([^<>]{1,80})><(\d{1,2}-\d{1,2}-\d{4})[ \t](\d\d:\d\d:\d\d\.\d{1,7})([+-]\d{1,4})?><thread=(\d{1,9})/;
const reportingEvent =
  /^\{[0-9A-Fa-f-]{36}\}[ \t]{1,8}(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d:\d{3})([+-]\d{4})\b/;

function fromCmTrace(
  date: string,
  time: string,
  bias: string | undefined,
  thread: string | undefined,
): LogPrefix {
  const local = localTime(date, time, 'month-first');
  // CMTrace writes the bias, the minutes to add to local time for UTC.
  const written = local !== null && bias !== undefined ? offsetTime(local, -Number(bias)) : local;
  return { source: 'WUAHandler.log', time: written, thread: `cm:${thread ?? ''}` };
}

function fromReportingEvent(date: string, time: string, offset: string): LogPrefix {
  const local = localTime(date, time);
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  const written = local === null ? null : offsetTime(local, offset.startsWith('-') ? -minutes : minutes);
  return { source: 'ReportingEvents.log', time: written, thread: 're' };
}

/** @returns null when a line begins in no way that a known log begins its lines: text on its own, or the rest of a line before. */
export function readPrefix(line: string): LogPrefix | null {
  const first = line.charCodeAt(0);
  const digit = first >= 0x30 && first <= 0x39;
  if (digit) {
    const server = serverLine.exec(line);
    if (server) {
      const [, date = '', time = '', utc, process = ''] = server;
      const written = utc === undefined ? localTime(date, time) : utcTime(date, time);
      return { source: 'SoftwareDistribution.log', time: written, thread: process };
    }
    const client = legacyClientLine.exec(line) ?? tracedClientLine.exec(line);
    if (client) {
      const [, date = '', time = '', process = '', thread = ''] = client;
      return { source: 'WindowsUpdate.log', time: localTime(date, time), thread: `${process}/${thread}` };
    }
  }
  const traced = line.includes(']LOG]!><') ? cmTrace.exec(line) : null;
  if (traced) return fromCmTrace(traced[3] ?? '', traced[1] ?? '', traced[2], traced[5]);
  const old = line.includes('$$<') ? oldCmTrace.exec(line) : null;
  if (old) return fromCmTrace(old[2] ?? '', old[3] ?? '', old[4], old[5]);
  const event = line.startsWith('{') ? reportingEvent.exec(line) : null;
  return event ? fromReportingEvent(event[1] ?? '', event[2] ?? '', event[3] ?? '') : null;
}
