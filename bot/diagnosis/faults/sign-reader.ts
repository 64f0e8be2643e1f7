import type { LogRecord, RecordLine } from '../records/records.ts';
import type { FaultLine } from './fault.ts';
import type { Observation } from './observation.ts';
import { isWsus, saysScanSucceeded, scannedService } from './scan-success.ts';
import { hostOf, isMicrosoft } from './service.ts';
import type { TellingQueue } from './telling-queue.ts';
import { RequestReader } from './web-request.ts';

const started = /\bClientImplementation\.\.ctor.{0,40}Initializing ClientWebService\b/;
const productVersion = /\bProduct Version[ \t]{0,2}=[ \t]{0,2}([\d.]{1,40})/;
const undecoded = /\bGUID=[0-9a-f-]{36}[ \t]{0,4}\(No Format Information found/i;

const written = ({ line, text, source }: RecordLine): FaultLine => ({ line, text, source });

/** Reads what is no fault and yet tells something: a scan that ended well, a start of the service, a request, a line without symbols. */
export class SignReader {
  private readonly queue: TellingQueue;
  private readonly requests = new RequestReader();

  constructor(queue: TellingQueue) {
    this.queue = queue;
  }

  read(record: LogRecord): void {
    const thread = record.prefix?.thread ?? '';
    const time = record.prefix?.time ?? null;
    for (const line of record.lines) {
      const service = scannedService(line.normal);
      if (service !== undefined) this.queue.hearService(thread, service, time);
      const seen = this.readLine(record, line);
      if (seen !== undefined) this.queue.add({ lastLine: line.line, thread, time, finish: () => seen });
    }
    const ended = record.lines.find(({ normal }) => saysScanSucceeded(normal));
    if (ended !== undefined) this.addScan(record, ended, thread);
  }

  private addScan(record: LogRecord, ended: RecordLine, thread: string): void {
    const time = record.prefix?.time ?? null;
    const line = written(ended);
    this.queue.add({
      lastLine: line.line,
      thread,
      time,
      finish: ({ serverUrl, service }) => {
        const host = hostOf(serverUrl);
        if (!isWsus(service) || (host !== null && isMicrosoft(host))) return undefined;
        return { kind: 'scan-succeeded', time, host, client: null, line };
      },
    });
  }

  private readLine(record: LogRecord, line: RecordLine): Observation | undefined {
    const { normal } = line;
    const time = record.prefix?.time ?? null;
    if (started.test(normal)) {
      const version = productVersion.exec(normal)?.[1] ?? null;
      return {
        kind: 'service-started',
        time,
        host: null,
        client: null,
        line: written(line),
        productVersion: version,
      };
    }
    if (undecoded.test(normal)) return { kind: 'undecoded', line: written(line) };
    if (record.source !== 'IIS log' && !normal.startsWith('#')) return undefined;
    const request = this.requests.read(normal);
    return request === undefined ? undefined : { kind: 'request', ...request, line: written(line) };
  }
}
