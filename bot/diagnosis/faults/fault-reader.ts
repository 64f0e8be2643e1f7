import { isHardWrapped, type LogRecord, type RecordLine } from '../records/records.ts';
import { FaultDraft, nearbyLines } from './fault-draft.ts';
import type { Field } from './fault-fields.ts';
import { faultReceived, faultWrappers, findCodes } from './hresult-codes.ts';
import { fieldsOf } from './record-fields.ts';
import type { ServerEntry } from './server-entry.ts';
import { serverExceptionIn } from './server-exception.ts';
import { simpleAuthBroken } from './soap-error-code.ts';
import type { TellingQueue } from './telling-queue.ts';

const beginsDetail = ({ name, value }: Field): boolean =>
  name === 'errorCode' || (name === 'message' && value.startsWith('parameters.'));

/** More different numbers than these are a table of codes. */
const mostCodesOfALine = 64;
/** The longest form of a number, and what must not stand beside it. */
const aroundABreak = 24;

/** The state between records: which faults of which threads are still being told. */
export class FaultReader {
  private readonly queue: TellingQueue;
  private readonly details = new Map<string, FaultDraft>();
  private readonly codes = new Map<string, FaultDraft>();

  constructor(queue: TellingQueue) {
    this.queue = queue;
  }

  read(record: LogRecord): void {
    const thread = record.prefix?.thread ?? '';
    this.forgetBefore((record.lines[0]?.line ?? 0) - nearbyLines);
    const [line] = record.lines;
    if (line?.entry !== undefined && record.lines.length === 1) {
      this.readEntry(record, line, line.entry);
      return;
    }
    const hasFields = this.readDetail(record, thread);
    this.readBrokenSimpleAuth(record);
    if (!hasFields) this.readException(record);
    // The last columns of IIS are Win32 numbers of a connection, and bytes.
    if (record.source !== 'IIS log') this.readCodes(record, thread);
  }

  private forgetBefore(line: number): void {
    for (const drafts of [this.details, this.codes]) {
      // In the order of their beginning: one that is told on keeps those behind it until it ends too.
      for (const [key, draft] of drafts) {
        if (draft.lastLine >= line) break;
        drafts.delete(key);
      }
    }
  }

  private begin(record: LogRecord): FaultDraft {
    const draft = new FaultDraft(record);
    this.queue.add(draft);
    return draft;
  }

  private readEntry(record: LogRecord, line: RecordLine, entry: ServerEntry): void {
    const draft = this.begin(record);
    const { actor, id, errorCode, message, client } = entry;
    Object.assign(draft.fields, { actor, id, errorCode, message, client });
    draft.addLine(line);
    this.remember(this.details, entry.thread, draft);
  }

  private remember(drafts: Map<string, FaultDraft>, key: string, draft: FaultDraft): void {
    drafts.delete(key);
    drafts.set(key, draft);
  }

  /** @returns whether the record has any field of a fault. */
  private readDetail(record: LogRecord, thread: string): boolean {
    const fields = fieldsOf(record);
    let open = this.details.get(thread);
    if (!open?.takesFieldsOf(record)) open = undefined;
    if (open === undefined && !fields.some(beginsDetail)) return false;
    for (const field of fields) {
      // A log's own line begins with its time.
      const from = record.prefix === null ? field.firstLine : 0;
      const lines = record.lines.slice(from, field.lastLine + 1);
      if (open === undefined || field.begins || open.fields[field.name] !== undefined) {
        const before: FaultDraft | undefined = open;
        open = this.adoptCode(record, thread) ?? this.begin(record);
        open.isMixed = !field.begins && before?.waitsForService === true;
      } else if (open.isMixed && !open.endsWith(lines)) continue;
      open.fields[field.name] = field.value;
      for (const line of lines) open.addLine(line);
    }
    if (open !== undefined) this.remember(this.details, thread, open);
    return fields.length > 0;
  }

  /** An old agent prints its number before the detail. */
  private adoptCode(record: LogRecord, thread: string): FaultDraft | undefined {
    const time = record.prefix?.time;
    if (record.source === 'SoftwareDistribution.log' || !time) return undefined;
    for (const code of faultWrappers) {
      const key = `${thread} ${code}`;
      const draft = this.codes.get(key);
      if (draft === undefined || !draft.isJustBefore(record, time)) continue;
      this.codes.delete(key);
      return draft;
    }
    return undefined;
  }

  private readBrokenSimpleAuth(record: LogRecord): void {
    for (const line of record.lines) {
      if (!line.normal.includes(simpleAuthBroken)) continue;
      const draft = this.begin(record);
      draft.fields.message = simpleAuthBroken;
      draft.addLine(line);
    }
  }

  private readException(record: LogRecord): void {
    const [line] = record.lines;
    const found = line === undefined ? undefined : serverExceptionIn(line.normal);
    if (line === undefined || found === undefined) return;
    const draft = this.begin(record);
    draft.fields.message = found.exception;
    draft.fields.method = found.method;
    draft.addLine(line);
  }

  private readCodes(record: LogRecord, thread: string): void {
    for (const [index, line] of record.lines.entries()) {
      for (const code of findCodes(line.normal).slice(0, mostCodesOfALine)) {
        this.readCode(record, [line], thread, code);
      }
      const next = record.lines[index + 1];
      if (next === undefined) continue;
      for (const code of codesOverBreak(record, line, next)) {
        this.readCode(record, [line, next], thread, code);
      }
    }
  }

  private readCode(record: LogRecord, lines: readonly RecordLine[], thread: string, code: string): void {
    const draft = this.draftForCode(record, thread, code);
    if (code !== faultReceived || draft.hasDetail) draft.addCode(code);
    for (const line of lines) draft.addLine(line);
  }

  /** A wrapper's number belongs to the detail that its thread printed just before; any other starts or continues its own failure. */
  private draftForCode(record: LogRecord, thread: string, code: string): FaultDraft {
    const detail = this.details.get(thread);
    if (detail?.hasDetail && faultWrappers.has(code) && detail.isNear(record)) return detail;
    const key = `${thread} ${code}`;
    const open = this.codes.get(key);
    if (open?.isNear(record)) return open;
    const draft = this.begin(record);
    this.remember(this.codes, key, draft);
    return draft;
  }
}

/** A console that breaks lines at a column breaks numbers too. */
function codesOverBreak(record: LogRecord, line: RecordLine, next: RecordLine): string[] {
  if (record.prefix === null && !isHardWrapped(record)) return [];
  const before = line.normal.slice(-aroundABreak);
  const after = next.normal.slice(0, aroundABreak);
  if (!/[0-9A-Fa-fx]$/.test(before) || !/^[0-9A-Fa-f]/.test(after)) return [];
  const alone = new Set([...findCodes(before), ...findCodes(after)]);
  return findCodes(before + after).filter((code) => !alone.has(code));
}
