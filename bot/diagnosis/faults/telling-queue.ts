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

/** What was named last before something, and first after it. */
interface Around {
  readonly before: Named | null;
  after: Named | null;
}

interface Entry {
  readonly waiting: Waiting;
  /** By its own process: two clients may be in one text. */
  readonly ownServer: Around;
  readonly anyServer: Around;
  readonly service: Around;
}

const mostThreads = 256;

/** "880/1160" is a thread of the process 880. */
const processOf = (thread: string): string => thread.split('/', 1)[0] ?? '';

/** An export may be sorted newest first: what a scan is against then stands below its end, though it was said earlier. */
function nearer(time: LogTime | null, { before: above, after: below }: Around): string | null {
  const distance = (named: Named | null): number =>
    named?.time?.zone !== undefined && time?.zone === named.time.zone
      ? instant(time) - instant(named.time)
      : Number.POSITIVE_INFINITY;
  const [fromAbove, fromBelow] = [distance(above), distance(below)];
  const isBelow = fromBelow >= 0 && fromBelow < Number.POSITIVE_INFINITY;
  if (isBelow && (above === null || fromBelow < Math.abs(fromAbove))) return below?.value ?? null;
  return above?.value ?? null;
}

const keep = (named: Map<string, Named>, by: string, value: Named): void => {
  if (named.size >= mostThreads) named.clear();
  named.set(by, value);
};

/** Tells what was seen in the order of the text, each once nothing further can belong to it. */
export class TellingQueue {
  private readonly tell: (seen: Observation) => void;
  private entries: Entry[] = [];
  private server: Named | null = null;
  private readonly servers = new Map<string, Named>();
  private readonly services = new Map<string, Named>();

  constructor(tell: (seen: Observation) => void) {
    this.tell = tell;
  }

  add(waiting: Waiting): void {
    const { thread } = waiting;
    this.entries.push({
      waiting,
      ownServer: { before: this.servers.get(processOf(thread)) ?? null, after: null },
      anyServer: { before: this.server, after: null },
      service: { before: this.services.get(thread) ?? null, after: null },
    });
  }

  hearServer(thread: string, value: string, time: LogTime | null): void {
    const server = { value, time };
    const process = processOf(thread);
    this.server = server;
    keep(this.servers, process, server);
    for (const { waiting, ownServer, anyServer } of this.entries) {
      anyServer.after ??= server;
      if (processOf(waiting.thread) === process) ownServer.after ??= server;
    }
  }

  hearService(thread: string, value: string, time: LogTime | null): void {
    const named = { value, time };
    keep(this.services, thread, named);
    for (const { waiting, service } of this.entries) if (waiting.thread === thread) service.after ??= named;
  }

  /** Tells what ended before a line. */
  finishBefore(line: number): void {
    let done = 0;
    for (const { waiting, ownServer, anyServer, service } of this.entries) {
      if (waiting.lastLine >= line) break;
      const { time } = waiting;
      const seen = waiting.finish({
        serverUrl: nearer(time, ownServer) ?? nearer(time, anyServer),
        service: nearer(time, service),
      });
      if (seen !== undefined) this.tell(seen);
      done += 1;
    }
    if (done > 0) this.entries = this.entries.slice(done);
  }
}
