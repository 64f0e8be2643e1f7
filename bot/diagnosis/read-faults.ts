import type { Fault, FaultLine, LogTime, SourceLog } from './fault.ts';
import { type Field, type FieldName, findFields } from './fault-fields.ts';
import { faultReceived, faultWrappers, findCodes } from './hresult-codes.ts';
import { instant } from './log-time.ts';
import { mergeSameId } from './merge-same-id.ts';
import { isPlaceholderClient, isPlaceholderHost, isPlaceholderId } from './placeholders.ts';
import { type LogRecord, type NumberedLine, readRecords } from './records.ts';
import { hostOf, serviceOf } from './service.ts';
import { isSoapErrorCode, simpleAuthBroken } from './soap-error-code.ts';

/** Fields and codes of one failure stand this close together in a client's log. */
const nearbyRecords = 15;
const nearbyMilliseconds = 60_000;

class FaultDraft {
  readonly fields = new Map<FieldName, string>();
  readonly hresults = new Set<string>();
  readonly lines = new Map<number, FaultLine>();
  readonly time: LogTime | null;
  readonly source: SourceLog;
  readonly knownUrl: string | null;
  lastRecord: number;

  constructor(record: LogRecord, position: number, knownUrl: string | null) {
    this.time = record.prefix?.time ?? null;
    this.source = record.source;
    this.knownUrl = knownUrl;
    this.lastRecord = position;
  }

  get hasDetail(): boolean {
    const errorCode = this.fields.get('errorCode');
    if (errorCode !== undefined && isSoapErrorCode(errorCode)) return true;
    const message = this.fields.get('message') ?? '';
    return /^parameters\./i.test(message) || message === simpleAuthBroken;
  }

  /** Nothing in another record can belong to it. */
  get isComplete(): boolean {
    return (
      this.hasDetail && this.fields.has('message') && (this.fields.has('method') || this.fields.has('actor'))
    );
  }

  isNear(record: LogRecord, position: number): boolean {
    if (position - this.lastRecord > nearbyRecords) return false;
    const time = record.prefix?.time;
    if (this.time === null || time === null || time === undefined || time.zone !== this.time.zone)
      return true;
    return Math.abs(instant(time) - instant(this.time)) <= nearbyMilliseconds;
  }

  addLine(line: FaultLine, position: number): void {
    this.lines.set(line.line, { line: line.line, text: line.text, source: line.source });
    this.lastRecord = position;
  }

  finish(): Fault {
    const field = (name: FieldName) => this.fields.get(name) ?? null;
    const actor = field('actor');
    const method = field('method');
    const id = field('id');
    const client = field('client');
    const serverUrl = actor ?? this.knownUrl;
    const host = hostOf(serverUrl);
    const lines = [...this.lines.values()];
    const given = [
      id === null ? null : isPlaceholderId(id),
      client === null ? null : isPlaceholderClient(client),
      host === null ? null : isPlaceholderHost(host),
    ];
    return {
      hresults: [...this.hresults],
      errorCode: field('errorCode'),
      message: field('message'),
      method,
      actor,
      service: serviceOf(actor) ?? serviceOf(method),
      serverUrl,
      host,
      client,
      id,
      time: this.time,
      source: this.source,
      line: lines[0]?.line ?? 0,
      lines,
      isExample: this.time === null && given.includes(true) && !given.includes(false),
    };
  }
}

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

const beginsDetail = ({ name, value }: Field): boolean =>
  name === 'errorCode' || (name === 'message' && value.startsWith('parameters.'));

function lineIndex(text: string, index: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const linesOf = (text: string, { index, end }: Field) =>
  [lineIndex(text, index), lineIndex(text, end)] as const;

function completeness(fields: readonly Field[]): number {
  return fields.filter(({ value }) => value !== '').length;
}

/**
 * A word broken over two lines is whole again when the lines are joined without anything between.
 * `text` is null when only that brought the fields: they then stand somewhere in all lines of the record.
 */
function fieldsOf(record: LogRecord): { text: string | null; fields: Field[] } {
  const normals = record.lines.map(({ normal }) => normal);
  const text = normals.join('\n');
  const fields = findFields(text);
  if (normals.length === 1) return { text, fields };
  const joined = findFields(normals.join(''));
  if (completeness(joined) <= completeness(fields)) return { text, fields };
  return { text: null, fields: joined };
}

/** Reads every fault out of the lines of one text, in order. */
export function readFaults(lines: readonly NumberedLine[], known?: SourceLog): Fault[] {
  const reader = new FaultReader();
  for (const record of readRecords(lines, known)) reader.read(record);
  const faults = reader.drafts.filter((draft) => draft.hasDetail || draft.hresults.size > 0);
  return mergeSameId(faults.map((draft) => draft.finish()));
}
