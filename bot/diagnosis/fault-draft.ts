import type { Fault, FaultLine, LogTime, SourceLog } from './fault.ts';
import type { FieldName } from './fault-fields.ts';
import { instant } from './log-time.ts';
import { isPlaceholderClient, isPlaceholderHost, isPlaceholderId } from './placeholders.ts';
import type { LogRecord } from './records.ts';
import { hostOf, serviceOf } from './service.ts';
import { isSoapErrorCode, simpleAuthBroken } from './soap-error-code.ts';

/** Fields and codes of one failure stand this close together in a client's log. */
const nearbyRecords = 15;
const nearbyMilliseconds = 60_000;

/** A fault while its lines come in. */
export class FaultDraft {
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
