import { FaultDraft, nearbyLines } from './fault-draft.ts';
import type { Field } from './fault-fields.ts';
import { faultReceived, faultWrappers, findCodes } from './hresult-codes.ts';
import type { Observation } from './observation.ts';
import { fieldsOf, linesOf } from './record-fields.ts';
import type { LogRecord, RecordLine } from './records.ts';
import { simpleAuthBroken } from './soap-error-code.ts';

const beginsDetail = ({ name, value }: Field): boolean =>
  name === 'errorCode' || (name === 'message' && value.startsWith('parameters.'));

/** Something that waits for its turn to be told. */
interface Waiting {
  readonly lastLine: number;
  finish(): Observation | undefined;
}

/** The state between records: which faults of which threads are still being told. */
export class FaultReader {
  private readonly tell: (seen: Observation) => void;
  /** In the order of their beginning, which is the order they are told in. */
  private open: Waiting[] = [];
  private readonly details = new Map<string, FaultDraft>();
  private readonly codes = new Map<string, FaultDraft>();
  private serverUrl: string | null = null;

  constructor(tell: (seen: Observation) => void) {
    this.tell = tell;
  }

  /** @param serverUrl The server the client's log named last. */
  read(record: LogRecord, serverUrl: string | null): void {
    const thread = record.prefix?.thread ?? '';
    this.serverUrl = serverUrl;
    this.finishBefore((record.lines[0]?.line ?? 0) - nearbyLines);
    this.readDetail(record, thread);
    this.readBrokenSimpleAuth(record);
    // The last columns of IIS are Win32 numbers of a connection, and bytes.
    if (record.source !== 'IIS log') this.readCodes(record, thread);
  }

  /** Tells something else at its place among the faults. */
  tellAt(line: number, seen: Observation): void {
    if (this.open.length === 0) this.tell(seen);
    else this.open.push({ lastLine: line, finish: () => seen });
  }

  end(): void {
    this.finishBefore(Number.POSITIVE_INFINITY);
  }

  private finishBefore(line: number): void {
    let done = 0;
    for (const waiting of this.open) {
      if (waiting.lastLine >= line) break;
      const seen = waiting.finish();
      if (seen !== undefined) this.tell(seen);
      done += 1;
    }
    if (done === 0) return;
    this.open = this.open.slice(done);
    for (const drafts of [this.details, this.codes]) {
      for (const [key, draft] of drafts) if (draft.lastLine < line) drafts.delete(key);
    }
  }

  private begin(record: LogRecord): FaultDraft {
    const draft = new FaultDraft(record, this.serverUrl);
    this.open.push({
      get lastLine() {
        return draft.lastLine;
      },
      finish: () => (draft.isFault ? { kind: 'fault', fault: draft.finish() } : undefined),
    });
    return draft;
  }

  private readDetail(record: LogRecord, thread: string): void {
    const { text, fields } = fieldsOf(record);
    let open = this.details.get(thread);
    if (!open?.takesFieldsOf(record)) open = undefined;
    if (open === undefined && !fields.some(beginsDetail)) return;
    for (const field of fields) {
      const [begin, end] = text === null ? [0, record.lines.length - 1] : linesOf(text, field);
      // A log's own line begins with its time.
      const lines = record.lines.slice(record.prefix === null ? begin : 0, end + 1);
      if (open === undefined || field.begins || open.fields.has(field.name)) {
        const before: FaultDraft | undefined = open;
        open = this.adoptCode(record, thread) ?? this.begin(record);
        open.isMixed = !field.begins && before?.waitsForService === true;
      } else if (open.isMixed && !open.endsWith(lines)) continue;
      open.fields.set(field.name, field.value);
      for (const line of lines) open.addLine(line);
    }
    if (open !== undefined) this.details.set(thread, open);
  }

  /** An old agent prints its number before the detail. */
  private adoptCode(record: LogRecord, thread: string): FaultDraft | undefined {
    const time = record.prefix?.time;
    if (time === null || time === undefined) return undefined;
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
      draft.fields.set('message', simpleAuthBroken);
      draft.addLine(line);
    }
  }

  private readCodes(record: LogRecord, thread: string): void {
    for (const line of record.lines) {
      for (const code of findCodes(line.normal)) this.readCode(record, line, thread, code);
    }
  }

  private readCode(record: LogRecord, line: RecordLine, thread: string, code: string): void {
    const draft = this.draftForCode(record, thread, code);
    if (code !== faultReceived || draft.hasDetail) draft.hresults.add(code);
    draft.addLine(line);
  }

  /** A wrapper's number belongs to the detail that its thread printed just before; any other starts or continues its own failure. */
  private draftForCode(record: LogRecord, thread: string, code: string): FaultDraft {
    const detail = this.details.get(thread);
    if (detail?.hasDetail && faultWrappers.has(code) && detail.isNear(record)) return detail;
    const key = `${thread} ${code}`;
    const open = this.codes.get(key);
    if (open?.isNear(record)) return open;
    const draft = this.begin(record);
    this.codes.set(key, draft);
    return draft;
  }
}
