import { FaultDraft, nearbyLines } from './fault-draft.ts';
import type { Field } from './fault-fields.ts';
import { faultReceived, faultWrappers, findCodes } from './hresult-codes.ts';
import type { Observation } from './observation.ts';
import { fieldsOf, linesOf } from './record-fields.ts';
import type { LogRecord, RecordLine } from './records.ts';
import { simpleAuthBroken } from './soap-error-code.ts';

const beginsDetail = ({ name, value }: Field): boolean =>
  name === 'errorCode' || (name === 'message' && value.startsWith('parameters.'));

const namedServer =
  /\bhttps?:\/\/[^\s"'<>,]{1,253}\/ClientWebService\/client\.asmx|\bWSUS server:[ \t]{0,4}(https?:\/\/[^\s"'<>,]{1,253})/i;

/** The state between records: which faults of which threads are still being told. */
export class FaultReader {
  private readonly tell: (seen: Observation) => void;
  /** In the order of their beginning. */
  private open: FaultDraft[] = [];
  private readonly details = new Map<string, FaultDraft>();
  private readonly codes = new Map<string, FaultDraft>();
  private serverUrl: string | null = null;

  constructor(tell: (seen: Observation) => void) {
    this.tell = tell;
  }

  read(record: LogRecord): void {
    const thread = record.prefix?.thread ?? '';
    this.finishBefore((record.lines[0]?.line ?? 0) - nearbyLines);
    this.readServerUrl(record);
    this.readDetail(record, thread);
    this.readBrokenSimpleAuth(record);
    this.readCodes(record, thread);
  }

  end(): void {
    this.finishBefore(Number.POSITIVE_INFINITY);
  }

  private finishBefore(line: number): void {
    let done = 0;
    for (const draft of this.open) {
      if (draft.lastLine >= line) break;
      if (draft.hasDetail || draft.hresults.size > 0) this.tell({ kind: 'fault', fault: draft.finish() });
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
    this.open.push(draft);
    return draft;
  }

  private readServerUrl(record: LogRecord): void {
    if (record.source === 'SoftwareDistribution.log') return;
    for (const { normal } of record.lines) {
      const found = namedServer.exec(normal);
      if (found) this.serverUrl = found[1] ?? found[0];
    }
  }

  private readDetail(record: LogRecord, thread: string): void {
    const { text, fields } = fieldsOf(record);
    let open = this.details.get(thread);
    if (!open?.takesFieldsOf(record)) open = undefined;
    if (open === undefined && !fields.some(beginsDetail)) return;
    for (const field of fields) {
      if (open === undefined || field.begins || open.fields.has(field.name)) open = this.begin(record);
      open.fields.set(field.name, field.value);
      const [begin, end] = text === null ? [0, record.lines.length - 1] : linesOf(text, field);
      // A log's own line begins with its time.
      const from = record.prefix === null ? begin : 0;
      for (const line of record.lines.slice(from, end + 1)) open.addLine(line);
    }
    if (open !== undefined) this.details.set(thread, open);
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
