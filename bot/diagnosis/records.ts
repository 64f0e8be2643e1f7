import type { FaultLine, SourceLog } from './fault.ts';
import { type LogPrefix, readPrefix } from './log-prefix.ts';
import { normaliseLines } from './normalise.ts';

export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

interface RecordLine extends FaultLine {
  readonly normal: string;
}

/** One entry of a log: the line that begins it and those a paste, a mail or a console broke off it. */
export interface LogRecord {
  readonly prefix: LogPrefix | null;
  readonly source: SourceLog;
  readonly lines: readonly RecordLine[];
}

/** Select-String and grep put file name and line number before the line. */
const searchResult = /^[^|<>]{0,260}?\b([\w.-]{1,60}\.log):\d{1,9}:[ \t]?/i;
const stackFrame = /^[ \t]{1,8}at [\w.]{3}/;
/** A console of a few columns breaks one entry into this many lines. */
const longestRecord = 64;
const knownLogs: readonly SourceLog[] = [
  'SoftwareDistribution.log',
  'WindowsUpdate.log',
  'WUAHandler.log',
  'ReportingEvents.log',
];

/** Text without a prefix still tells its log by words that no other log has. */
function sourceByWords(line: string): SourceLog {
  if (line.length < 8) return 'unknown';
  if (/\bThrowException\b|\bw3wp\.\d|\bWsusService\.\d/.test(line)) return 'SoftwareDistribution.log';
  if (/\*FAILED\*|\bWS error:|\bSoap fault\b|\bPTError:|_WithRecovery\b|\bOnCallFailure\b/i.test(line)) {
    return 'WindowsUpdate.log';
  }
  if (/\bOnSearchComplete\b|\bScan failed with error\b/.test(line)) return 'WUAHandler.log';
  return /\[AGENT_DETECTION_FAILED\]/.test(line) ? 'ReportingEvents.log' : 'unknown';
}

function stripSearchResult(normal: string): { normal: string; source: SourceLog | undefined } {
  const found = normal.includes('.log:') || normal.includes('.LOG:') ? searchResult.exec(normal) : null;
  if (found === null) return { normal, source: undefined };
  const name = (found[1] ?? '').toLowerCase();
  return {
    normal: normal.slice(found[0].length),
    source: knownLogs.find((log) => log.toLowerCase() === name),
  };
}

interface OpenRecord {
  prefix: LogPrefix | null;
  source: SourceLog;
  lines: RecordLine[];
}

/**
 * Puts lines together to records. A line without a prefix belongs to the one before it, except after a blank line or a stack frame.
 * @param known The log all lines come from, when the caller knows.
 */
export function* readRecords(lines: readonly NumberedLine[], known?: SourceLog): Generator<LogRecord> {
  const normals = normaliseLines(lines.map(({ text }) => text));
  let open: OpenRecord | undefined;
  for (const [index, { line, text }] of lines.entries()) {
    const { normal, source: searched } = stripSearchResult(normals[index] ?? '');
    const ends = normal.trim() === '' || stackFrame.test(normal);
    if (ends) {
      if (open !== undefined) yield open;
      open = undefined;
      continue;
    }
    const prefix = readPrefix(normal);
    if (
      open !== undefined &&
      (prefix !== null || searched !== undefined || open.lines.length >= longestRecord)
    ) {
      yield open;
      open = undefined;
    }
    const source = prefix?.source ?? searched ?? open?.prefix?.source ?? known ?? sourceByWords(normal);
    open ??= { prefix, source, lines: [] };
    if (open.source === 'unknown') open.source = source;
    open.lines.push({ line, text, normal, source: source === 'unknown' ? open.source : source });
  }
  if (open !== undefined) yield open;
}
