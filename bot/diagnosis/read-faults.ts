import type { Fault, SourceLog } from './fault.ts';
import { FaultDraft } from './fault-draft.ts';
import type { Field } from './fault-fields.ts';
import { faultReceived, faultWrappers, findCodes } from './hresult-codes.ts';
import { mergeSameId } from './merge-same-id.ts';
import { fieldsOf, linesOf } from './record-fields.ts';
import { type LogRecord, type NumberedLine, readRecords } from './records.ts';
import { simpleAuthBroken } from './soap-error-code.ts';

const beginsDetail = ({ name, value }: Field): boolean =>
  name === 'errorCode' || (name === 'message' && value.startsWith('parameters.'));

const namedServer =
  /\bhttps?:\/\/[^\s"'<>,]{1,253}\/ClientWebService\/client\.asmx|\bWSUS server:[ \t]{0,4}(https?:\/\/[^\s"'<>,]{1,253})/i;

/** The state between records: which fault of which thread is still being told. */
class FaultReader {
  readonly drafts: FaultDraft[] = [];
  private readonly details = new Map<string, FaultDraft>();
  private readonly codes = new Map<string, FaultDraft>();
  private serverUrl: string | null = null;
  private position = 0;

  read(record: LogRecord): void {
    this.position += 1;
    const thread = record.prefix?.thread ?? '';
    this.readServerUrl(record);
    this.readDetail(record, thread);
    this.readBrokenSimpleAuth(record);
    this.readCodes(record, thread);
  }

  private begin(record: LogRecord): FaultDraft {
    const draft = new FaultDraft(record, this.position, this.serverUrl);
    this.drafts.push(draft);
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
    if (open?.isComplete || !open?.isNear(record, this.position)) open = undefined;
    if (open === undefined && !fields.some(beginsDetail)) return;
    for (const field of fields) {
      if (open === undefined || field.begins || open.fields.has(field.name)) open = this.begin(record);
      open.fields.set(field.name, field.value);
      const [begin, end] = text === null ? [0, record.lines.length - 1] : linesOf(text, field);
      // A log's own line begins with its time.
      const from = record.prefix === null ? begin : 0;
      for (const line of record.lines.slice(from, end + 1)) open.addLine(line, this.position);
    }
    if (open !== undefined) this.details.set(thread, open);
  }

  private readBrokenSimpleAuth(record: LogRecord): void {
    for (const line of record.lines) {
      if (!line.normal.includes(simpleAuthBroken)) continue;
      const draft = this.begin(record);
      draft.fields.set('message', simpleAuthBroken);
      draft.addLine(line, this.position);
    }
  }

  private readCodes(record: LogRecord, thread: string): void {
    for (const line of record.lines) {
      for (const code of findCodes(line.normal)) {
        const draft = this.draftForCode(record, thread, code);
        if (code !== faultReceived || draft.hasDetail) draft.hresults.add(code);
        draft.addLine(line, this.position);
      }
    }
  }

  /** A wrapper's number belongs to the detail that its thread printed just before; any other starts or continues its own failure. */
  private draftForCode(record: LogRecord, thread: string, code: string): FaultDraft {
    const detail = this.details.get(thread);
    if (detail?.hasDetail && faultWrappers.has(code) && detail.isNear(record, this.position)) return detail;
    const key = `${thread} ${code}`;
    const open = this.codes.get(key);
    if (open?.isNear(record, this.position)) return open;
    const draft = this.begin(record);
    this.codes.set(key, draft);
    return draft;
  }
}

/** Reads every fault out of the lines of one text, in order. */
export function readFaults(lines: readonly NumberedLine[], known?: SourceLog): Fault[] {
  const reader = new FaultReader();
  for (const record of readRecords(lines, known)) reader.read(record);
  const faults = reader.drafts.filter((draft) => draft.hasDetail || draft.hresults.size > 0);
  return mergeSameId(faults.map((draft) => draft.finish()));
}
