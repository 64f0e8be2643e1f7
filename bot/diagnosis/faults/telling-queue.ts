import { instant } from '../records/log-time.ts';
import type { LogTime } from './fault.ts';
import type { Observation } from './observation.ts';

/** What a client's log says of a scan: the server and the service that it is against. */
export interface ScanTarget {
  readonly serverUrl: string | null;
  /** Lower case, the first eight digits. */
  readonly service: string | null;
}

/** Something seen that further lines may add to. */
export interface Waiting {
  readonly lastLine: number;
  readonly thread: string;
  readonly time: LogTime | null;
  /** @returns undefined when it came to nothing. */
  finish(target: ScanTarget): Observation | undefined;
}

/** Something a client's log named, and when. */
interface Named {
  readonly value: string;
  readonly time: LogTime | null;
}

interface Entry {
  readonly waiting: Waiting;
  readonly serverBefore: Named | null;
  serverAfter: Named | null;
  readonly serviceBefore: Named | null;
  serviceAfter: Named | null;
}

const mostThreads = 256;

/** An export may be sorted newest first: what a scan is against then stands below its end, though it was said earlier. */
function nearer(time: LogTime | null, above: Named | null, below: Named | null): string | null {
  const distance = (named: Named | null): number =>
    named?.time?.zone !== undefined && time?.zone === named.time.zone
      ? instant(time) - instant(named.time)
      : Number.POSITIVE_INFINITY;
  const [fromAbove, fromBelow] = [distance(above), distance(below)];
  const isBelow = fromBelow >= 0 && fromBelow < Number.POSITIVE_INFINITY;
  if (isBelow && (above === null || fromBelow < Math.abs(fromAbove))) return below?.value ?? null;
  return above?.value ?? null;
}

/** Tells what was seen in the order of the text, each once nothing further can belong to it. */
export class TellingQueue {
  private readonly tell: (seen: Observation) => void;
  private entries: Entry[] = [];
  private server: Named | null = null;
  private readonly services = new Map<string, Named>();

  constructor(tell: (seen: Observation) => void) {
    this.tell = tell;
  }

  add(waiting: Waiting): void {
    this.entries.push({
      waiting,
      serverBefore: this.server,
      serverAfter: null,
      serviceBefore: this.services.get(waiting.thread) ?? null,
      serviceAfter: null,
    });
  }

  hearServer(value: string, time: LogTime | null): void {
    this.server = { value, time };
    for (const entry of this.entries) entry.serverAfter ??= this.server;
  }

  hearService(thread: string, value: string, time: LogTime | null): void {
    if (this.services.size >= mostThreads) this.services.clear();
    const service = { value, time };
    this.services.set(thread, service);
    for (const entry of this.entries) if (entry.waiting.thread === thread) entry.serviceAfter ??= service;
  }

  /** Tells what ended before a line. */
  finishBefore(line: number): void {
    let done = 0;
    for (const { waiting, ...heard } of this.entries) {
      if (waiting.lastLine >= line) break;
      const seen = waiting.finish({
        serverUrl: nearer(waiting.time, heard.serverBefore, heard.serverAfter),
        service: nearer(waiting.time, heard.serviceBefore, heard.serviceAfter),
      });
      if (seen !== undefined) this.tell(seen);
      done += 1;
    }
    if (done > 0) this.entries = this.entries.slice(done);
  }
}
