import type { FaultLine, SourceLog } from '../faults/fault.ts';
import { findFields } from '../faults/fault-fields.ts';
import { readServerEntry, type ServerEntry } from '../faults/server-entry.ts';
import { type LogPrefix, readPrefix } from './log-prefix.ts';
import { utcTime } from './log-time.ts';
import { isLoneValue } from './lone-value.ts';
import { normaliseLine } from './normalise.ts';
import { quoteDepth, unquote } from './quoted-lines.ts';
import { sourceByName, sourceByWords } from './source-log.ts';
import { splitEntries } from './split-entries.ts';

export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

export interface RecordLine extends FaultLine {
  readonly normal: string;
  /** Known when the line is a whole fault of the server's log, as it was written. */
  readonly entry?: ServerEntry;
}

/** One entry of a log: the line that begins it and those a paste, a mail or a console broke off it. */
export interface LogRecord {
  readonly prefix: LogPrefix | null;
  readonly source: SourceLog;
  readonly lines: readonly RecordLine[];
  /** Its lines without anything between, as they were before they were broken; null when there is one. */
  readonly joined: string | null;
  /** It had more lines than a record takes: what they say of it is not known. */
  readonly isCut: boolean;
}

/** A console breaks every line but the last at the same column. */
export function isHardWrapped({ lines }: LogRecord): boolean {
  const width = lines[0]?.normal.length ?? 0;
  return (
    lines.length > 2 &&
    width >= 20 &&
    lines.every(
      ({ normal }, index) => normal.length === width || (index === lines.length - 1 && normal.length < width),
    )
  );
}

function toRecord({ prefix, source, lines, isCut = false }: OpenRecord): LogRecord {
  const joined = lines.length === 1 ? null : normaliseLine(lines.map(({ normal }) => normal).join(''));
  return { prefix, source, lines, joined, isCut };
}

/** Select-String and grep put file name and line number before the line. */
const searchResult = /^[^|<>]{0,260}?\b([\w.-]{1,60}\.log):\d{1,9}:[ \t]?/i;
const searchNumber = /^\d{1,9}:(?=(?:19|20)\d\d[./-]\d\d)/;
/** "at" in the language of the server, then a method with its brackets. */
const stackFrame =
  /^[ \t]{1,8}(?:at [\w.]{3}|\p{L}{1,12}:? {1,2}[A-Za-z_][\w`]{0,80}(?:\.[\w`<>|[\],]{1,120}){1,12}\()/u;
/** A console of a few columns breaks one entry into this many lines. */
const longestRecord = 64;
/** A tag whose `>` the next line begins with: that is no mark of a quote. */
const openTag = /<\/?[\w:.-]{1,40}$/;
const openingOfTrace = '<![LOG[';
const endOfTrace = ']LOG]!>';

function stripSearchResult(normal: string): { normal: string; source: SourceLog | undefined } {
  const found = normal.includes('.log:') || normal.includes('.LOG:') ? searchResult.exec(normal) : null;
  if (found === null) return { normal: normal.replace(searchNumber, ''), source: undefined };
  return { normal: normal.slice(found[0].length), source: sourceByName(found[1] ?? '') };
}

interface OpenRecord {
  prefix: LogPrefix | null;
  source: SourceLog;
  lines: RecordLine[];
  /** CMTrace writes time and thread behind the text, which may have several lines. */
  awaitsEnd: boolean;
  /** Blank lines came after a value that stood alone. */
  isTorn: boolean;
  isCut?: boolean;
}

interface HeldLine {
  readonly line: number;
  readonly text: string;
  /** Normalised: one for each entry that the line holds. */
  readonly parts: readonly string[];
  readonly depth: number;
}

/**
 * Puts lines together to records, one line at a time and in constant memory. A line without a prefix belongs to the one before it,
 * except after a blank line, a stack frame or a gap in the numbers.
 */
export class RecordReader {
  private readonly known: SourceLog | undefined;
  private readonly tell: (record: LogRecord) => void;
  private held: HeldLine | undefined;
  private depthBefore = 0;
  private lineBefore = -1;
  private endsInTag = false;
  private open: OpenRecord | undefined;

  /** @param known The log all lines come from, when the caller knows. */
  constructor(known: SourceLog | undefined, tell: (record: LogRecord) => void) {
    this.known = known;
    this.tell = tell;
  }

  line({ line, text }: NumberedLine): void {
    const entry = readServerEntry(text);
    if (entry !== undefined) {
      this.release(0);
      this.held = undefined;
      this.depthBefore = 0;
      this.endsInTag = false;
      this.lineBefore = line;
      this.close();
      const { date, time, thread } = entry;
      const source = 'SoftwareDistribution.log';
      const prefix = { source, time: utcTime(date, time), thread } as const;
      this.open = {
        prefix,
        source,
        lines: [{ line, text, normal: text, source, entry }],
        awaitsEnd: false,
        isTorn: false,
      };
      return;
    }
    const parts = splitEntries(normaliseLine(text));
    const follows = this.lineBefore === line - 1;
    const marks = quoteDepth(parts[0] ?? '');
    const depth = follows && this.endsInTag ? Math.min(marks, this.held?.depth ?? 0) : marks;
    this.endsInTag = openTag.test(parts.at(-1) ?? '');
    this.release(follows ? depth : 0);
    if (!follows) {
      this.depthBefore = 0;
      this.close();
    }
    this.held = { line, text, parts, depth };
    this.lineBefore = line;
  }

  end(): void {
    this.release(0);
    this.held = undefined;
    this.close();
  }

  private release(depthAfter: number): void {
    if (this.held === undefined) return;
    const { line, text, parts, depth } = this.held;
    for (const [index, normal] of parts.entries()) {
      this.add(line, text, index === 0 ? unquote(normal, depth, this.depthBefore, depthAfter) : normal);
    }
    this.depthBefore = depth;
  }

  /** An envelope without its tags has blank lines between the values of its detail. */
  private mayGoOn(): boolean {
    const { open } = this;
    if (open === undefined || open.prefix !== null) return false;
    open.isTorn = isLoneValue(open.lines.at(-1)?.normal ?? '');
    return open.isTorn;
  }

  private close(): void {
    if (this.open !== undefined) this.tell(toRecord(this.open));
    this.open = undefined;
  }

  private add(line: number, text: string, written: string): void {
    const { normal, source: searched } = stripSearchResult(written);
    if (normal.trim() === '' || stackFrame.test(normal)) {
      if (!this.mayGoOn()) this.close();
      return;
    }
    if (this.open?.isTorn === true && !isLoneValue(normal)) this.close();
    const prefix = readPrefix(normal);
    const endsTrace = this.open?.awaitsEnd === true && !normal.startsWith(openingOfTrace);
    if ((prefix !== null && !endsTrace) || searched !== undefined) this.close();
    if (this.open !== undefined && this.open.lines.length >= longestRecord) this.makeRoom();
    const source = this.sourceOf(normal, prefix, searched);
    const awaitsEnd = normal.startsWith(openingOfTrace) && !normal.includes(endOfTrace);
    this.open ??= { prefix, source, lines: [], awaitsEnd, isTorn: false };
    this.open.isTorn = false;
    if (this.open.source === 'unknown') this.open.source = source;
    this.open.lines.push({ line, text, normal, source: source === 'unknown' ? this.open.source : source });
    if (endsTrace && prefix !== null) {
      this.open.prefix = prefix;
      this.close();
    }
  }

  private sourceOf(normal: string, prefix: LogPrefix | null, searched: SourceLog | undefined): SourceLog {
    if (prefix !== null && prefix.source !== 'unknown') return prefix.source;
    const begun = this.open?.prefix?.source;
    if (begun !== undefined && begun !== 'unknown') return begun;
    return searched ?? this.known ?? sourceByWords(normal);
  }

  /** Text that no log ever began may go on for ever; what cannot be part of a fault is let go first. */
  private makeRoom(): void {
    const { open } = this;
    if (open === undefined) return;
    const normals = open.lines.map(({ normal }) => normal);
    const tells = findFields(normals.join('\n')).length > 0 || findFields(normals.join('')).length > 0;
    if (tells || open.prefix !== null) {
      open.isCut = true;
      this.close();
      return;
    }
    this.tell(toRecord({ ...open, lines: open.lines.splice(0, longestRecord / 2) }));
  }
}
