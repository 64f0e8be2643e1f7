import type { FaultLine } from './fault.ts';
import type { Observation } from './observation.ts';
import type { LogRecord, RecordLine } from './records.ts';
import { ScanReader } from './scan-success.ts';
import { hostOf } from './service.ts';
import { RequestReader } from './web-request.ts';

const started = /\bClientImplementation\.\.ctor.{0,40}Initializing ClientWebService\b/;
const productVersion = /\bProduct Version[ \t]{0,2}=[ \t]{0,2}([\d.]{1,40})/;
const undecoded = /\bGUID=[0-9a-f-]{36}[ \t]{0,4}\(No Format Information found/i;

const written = ({ line, text, source }: RecordLine): FaultLine => ({ line, text, source });

/** Reads what is no fault and yet tells something: a scan that ended well, a start of the service, a request, a line without symbols. */
export class SignReader {
  private readonly scans = new ScanReader();
  private readonly requests = new RequestReader();

  /** @param serverUrl The server the client's log named last. */
  *read(record: LogRecord, serverUrl: string | null): Generator<Observation> {
    const time = record.prefix?.time ?? null;
    const succeeded = this.scans.read(record);
    const host = hostOf(serverUrl);
    if (succeeded !== undefined && host?.endsWith('.microsoft.com') !== true) {
      yield { kind: 'scan-succeeded', time, host, client: null, line: written(succeeded) };
    }
    for (const line of record.lines) {
      const { normal } = line;
      if (started.test(normal)) {
        const version = productVersion.exec(normal)?.[1] ?? null;
        yield {
          kind: 'service-started',
          time,
          host: null,
          client: null,
          line: written(line),
          productVersion: version,
        };
      } else if (undecoded.test(normal)) {
        yield { kind: 'undecoded', line: written(line) };
      } else if (record.source === 'IIS log' || normal.startsWith('#')) {
        const request = this.requests.read(normal);
        if (request !== undefined) yield { kind: 'request', ...request, line: written(line) };
      }
    }
  }
}
