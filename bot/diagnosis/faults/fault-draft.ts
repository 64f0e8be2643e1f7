import { instant } from '../records/log-time.ts';
import type { LogRecord, RecordLine } from '../records/records.ts';
import { eventTimeIn } from './event-time.ts';
import type { Fault, FaultLine, LogTime, SourceLog } from './fault.ts';
import type { FieldName } from './fault-fields.ts';
import type { Observation } from './observation.ts';
import { isPlaceholderClient, isPlaceholderHost, isPlaceholderId } from './placeholders.ts';
import { hostOf, isMicrosoft, serviceOf } from './service.ts';
import { isSoapErrorCode, simpleAuthBroken } from './soap-error-code.ts';
import type { ScanTarget, Waiting } from './telling-queue.ts';

/** Fields and codes of one failure stand this close together in a client's log. */
export const nearbyLines = 40;
const nearbyMilliseconds = 60_000;
/** One failure that is told without end, and without times, is another one from here on. */
const longestFault = 400;
const mostLines = 64;

/** A fault while its lines come in. */
export class FaultDraft implements Waiting {
  readonly fields: Partial<Record<FieldName, string>> = {};
  private readonly hresults: string[] = [];
  readonly thread: string;
  readonly time: LogTime | null;
  readonly source: SourceLog;
  /** The number of the last line that belongs to it. */
  lastLine: number;
  /** Another fault of its thread is not told to its end yet: a field from a further record could be of either. */
  isMixed = false;
  private readonly lines: FaultLine[] = [];
  private readonly firstLine: number;
  private readonly record: LogRecord;

  constructor(record: LogRecord) {
    this.record = record;
    this.thread = record.prefix?.thread ?? '';
    this.time = record.prefix === null ? eventTimeIn(record) : record.prefix.time;
    this.source = record.source;
    this.firstLine = record.lines[0]?.line ?? 0;
    this.lastLine = this.firstLine;
  }

  get hasDetail(): boolean {
    const errorCode = this.fields.errorCode;
    if (errorCode !== undefined && isSoapErrorCode(errorCode)) return true;
    const message = this.fields.message ?? '';
    return /^parameters\./i.test(message) || message === simpleAuthBroken || this.isServerException;
  }

  /** The server's log names the method and the exception that stopped it, and no fault. */
  private get isServerException(): boolean {
    return /^(?:Client|SimpleAuth)Implementation\./.test(this.fields.method ?? '');
  }

  private get isFault(): boolean {
    return this.hasDetail || this.hresults.length > 0;
  }

  /** Method or actor are known too. */
  get isComplete(): boolean {
    return (
      this.hasDetail &&
      this.fields.message !== undefined &&
      (this.fields.method !== undefined || this.fields.actor !== undefined)
    );
  }

  /** The next line may name it. */
  get waitsForService(): boolean {
    return this.hasDetail && this.fields.message !== undefined && !this.isComplete;
  }

  /** Fields of a record may still belong to it. The server's log tells a fault in one record; a client's may take one for each field. */
  takesFieldsOf(record: LogRecord): boolean {
    if (record === this.record) return true;
    if (this.isComplete || this.isMixed || !this.isNear(record)) return false;
    return this.source !== 'SoftwareDistribution.log' || this.time === null;
  }

  isNear(record: LogRecord): boolean {
    const line = record.lines[0]?.line ?? 0;
    if (line - this.lastLine > nearbyLines || line - this.firstLine > longestFault) return false;
    const time = record.prefix?.time;
    if (this.time === null || time === null || time === undefined || time.zone !== this.time.zone)
      return true;
    return time.iso === this.time.iso || Math.abs(instant(time) - instant(this.time)) <= nearbyMilliseconds;
  }

  /** At the same second, a few lines above. */
  isJustBefore(record: LogRecord, time: LogTime): boolean {
    const line = record.lines[0]?.line ?? 0;
    return (
      line - this.lastLine <= 12 &&
      this.time !== null &&
      time.zone === this.time.zone &&
      Math.abs(instant(time) - instant(this.time)) <= 1000
    );
  }

  /** Its last line is the only one of these. */
  endsWith(lines: readonly RecordLine[]): boolean {
    return lines.length === 1 && lines[0]?.line === this.lastLine;
  }

  addCode(code: string): void {
    if (!this.hresults.includes(code)) this.hresults.push(code);
  }

  addLine(line: RecordLine): void {
    const { line: number, text, source } = line;
    const isNew = this.lines.every((each) => each.line !== number);
    if (isNew && this.lines.length < mostLines) this.lines.push({ line: number, text, source });
    this.lastLine = number;
  }

  /** @returns undefined when no line named a code or a detail. */
  finish(target: ScanTarget): Observation | undefined {
    return this.isFault ? { kind: 'fault', fault: this.toFault(target) } : undefined;
  }

  private toFault(target: ScanTarget): Fault {
    const {
      errorCode = null,
      message = null,
      actor = null,
      method = null,
      id = null,
      client = null,
    } = this.fields;
    const serverUrl = actor ?? target.serverUrl;
    const host = hostOf(serverUrl);
    const { lines } = this;
    const given = [
      id === null ? null : isPlaceholderId(id),
      client === null ? null : isPlaceholderClient(client),
      host === null || isMicrosoft(host) ? null : isPlaceholderHost(host),
    ];
    return {
      hresults: this.hresults,
      errorCode,
      message,
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
