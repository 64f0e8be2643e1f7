import type { LogTime, SourceLog } from '../faults/fault.ts';
import { localTime, offsetTime, utcTime } from './log-time.ts';

/** What stands before (or, in CMTrace's case, behind) the text of a log line. */
export interface LogPrefix {
  readonly source: SourceLog;
  readonly time: LogTime | null;
  /** Process and thread: lines of one failure share it. */
  readonly thread: string;
}

/** Tabs stand between the columns; a paste turns them into blanks or takes them away. */
const serverLine =
  /^(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d\.\d{1,7})[ \t]{0,8}(UTC[ \t]{0,8})?(?:Info|Warning|Error|Verbose|Trace)[ \t]{0,8}((?:w3wp|WsusService|[A-Za-z]{1,40})\.\d{1,9})(?!\d)/;
const legacyClientLine =
  /^(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d:\d{3})[ \t]{1,8}(\d{1,9})[ \t]{1,8}([0-9a-fA-F]{1,8})[ \t]{1,16}\S/;
const gluedClientLine =
  /^(\d{4}-\d\d-\d\d)[ \t]{0,8}(\d\d:\d\d:\d\d:\d{3})[ \t]{0,8}([0-9a-f]{1,9}[ \t]{0,8}[0-9a-f]{1,8})(?=[A-Z])/;
const tracedClientLine =
  /^(\d{1,4}[./-] ?(?:\d{1,2}|\p{L}{3,12}\.?)[./-] ?\d{1,4}\.?)[ \t]{1,8}(?:(\p{L}{2})[ \t]?)?(\d{1,2}[:.]\d\d[:.]\d\d[.,]\d{1,7})(?:[ \t]{1,2}(\p{L}{2}|[ap]\.m\.))?[ \t]{1,16}(\d{1,9})[ \t]{1,16}(\d{1,9})[ \t]{1,40}\S/iu;
const cmTrace =
  /\]LOG\]!><time="(\d\d:\d\d:\d\d\.\d{1,7})([+-]\d{1,4})?"[ \t]{1,4}date="(\d{1,2}-\d{1,2}-\d{4})"[ \t]{1,4}component="([^"]{0,80})"(?:[^>]{0,200}\bthread="(\d{1,9})")?/;
const oldCmTrace =
  /\$\$<([^<>]{1,80})><(\d{1,2}-\d{1,2}-\d{4})[ \t](\d\d:\d\d:\d\d\.\d{1,7})([+-]\d{1,4})?><thread=(\d{1,9})/;
const reportingEvent =
  /^\{[0-9A-Fa-f-]{36}\}[ \t]{0,8}(\d{4}-\d\d-\d\d)[ \t]{1,8}(\d\d:\d\d:\d\d:\d{3})([+-]\d{4})/;
const webRequest =
  /^(\d{4}-\d\d-\d\d)[ \t](\d\d:\d\d:\d\d)[ \t](?:[^\s]{1,120}[ \t]){1,8}?(?:GET|POST|HEAD|OPTIONS|PROPFIND|DEBUG|PUT)[ \t]\//;
/** Task logs, Ansible, Get-WinEvent, exports of the Event Viewer ("Error<tab>11/25/2026 3:03:04 AM"). */
const dated =
  /^(?:\p{L}[\p{L} ]{2,19}[,;\t])?\[?(\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}\/\d{1,2}\/\d{1,2})[T \t,]{1,2}(\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[AaPp]\.?[Mm]\.?(?![\p{L}]))?)[ \t]?(Z|UTC|[+-]\d\d:?\d\d)?(?![\p{L}\d])/u;

const byComponent: Readonly<Record<string, SourceLog>> = {
  wuahandler: 'WUAHandler.log',
  scanagent: 'ScanAgent.log',
};

function fromCmTrace(
  component: string,
  date: string,
  time: string,
  bias: string | undefined,
  thread: string | undefined,
): LogPrefix {
  const local = localTime(date, time, 'month-first');
  // CMTrace writes the bias, the minutes to add to local time for UTC.
  const written = local !== null && bias !== undefined ? offsetTime(local, -Number(bias)) : local;
  const source = byComponent[component.toLowerCase()] ?? 'ConfigMgr log';
  return { source, time: written, thread: `cm:${thread ?? ''}` };
}

/** @param offset "+0100", "-08:00". */
function withOffset(local: LogTime | null, offset: string): LogTime | null {
  if (local === null) return null;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offsetTime(local, offset.startsWith('-') ? -minutes : minutes);
}

function fromClient(line: string): LogPrefix | null {
  const legacy = legacyClientLine.exec(line);
  if (legacy) {
    const [, date = '', time = '', process = '', thread = ''] = legacy;
    return { source: 'WindowsUpdate.log', time: localTime(date, time), thread: `${process}/${thread}` };
  }
  const traced = tracedClientLine.exec(line);
  if (traced) {
    const [, date = '', before, time = '', after, process = '', thread = ''] = traced;
    const half = before ?? after;
    const written = localTime(date, half === undefined ? time : `${time} ${half}`);
    return { source: 'WindowsUpdate.log', time: written, thread: `${process}/${thread}` };
  }
  const glued = gluedClientLine.exec(line);
  if (glued) {
    const [, date = '', time = '', thread = ''] = glued;
    return { source: 'WindowsUpdate.log', time: localTime(date, time), thread };
  }
  return null;
}

function fromDated(line: string): LogPrefix | null {
  const found = dated.exec(line);
  if (found === null) return null;
  const [, date = '', time = '', zone] = found;
  const utc = zone === 'Z' || zone === 'UTC';
  const local = utc ? utcTime(date, time) : localTime(date, time);
  return {
    source: 'unknown',
    time: utc || zone === undefined ? local : withOffset(local, zone),
    thread: '',
  };
}

function fromDigit(line: string): LogPrefix | null {
  const server = serverLine.exec(line);
  if (server) {
    const [, date = '', time = '', utc, process = ''] = server;
    const written = utc === undefined ? localTime(date, time) : utcTime(date, time);
    return { source: 'SoftwareDistribution.log', time: written, thread: process };
  }
  const client = fromClient(line);
  if (client) return client;
  const request = webRequest.exec(line);
  if (request) {
    return { source: 'IIS log', time: utcTime(request[1] ?? '', request[2] ?? ''), thread: 'iis' };
  }
  return fromDated(line);
}

/** @returns null when a line begins in no way that a known log begins its lines: text on its own, or the rest of a line before. */
export function readPrefix(line: string): LogPrefix | null {
  const first = line.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return fromDigit(line);
  const traced = line.includes(']LOG]!><') ? cmTrace.exec(line) : null;
  if (traced) return fromCmTrace(traced[4] ?? '', traced[3] ?? '', traced[1] ?? '', traced[2], traced[5]);
  const old = line.includes('$$<') ? oldCmTrace.exec(line) : null;
  if (old) return fromCmTrace(old[1] ?? '', old[2] ?? '', old[3] ?? '', old[4], old[5]);
  const event = line.startsWith('{') ? reportingEvent.exec(line) : null;
  if (event) {
    const [, date = '', time = '', offset = ''] = event;
    return { source: 'ReportingEvents.log', time: withOffset(localTime(date, time), offset), thread: 're' };
  }
  return /\d:\d\d:\d\d/.test(line.slice(0, 60)) ? fromDated(line) : null;
}
