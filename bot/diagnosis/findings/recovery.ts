import type { Fault, FaultLine, LogTime } from '../faults/fault.ts';
import type { ScanSucceeded } from '../faults/observation.ts';
import { instant } from '../records/log-time.ts';

const mostPlaces = 1000;
const shownPlaces = 5;
const mostHosts = 10;

/** One client's scans against one server, as far as one text tells. */
interface Place {
  readonly text: number;
  readonly client: string | null;
  readonly host: string | null;
  failed: { readonly time: LogTime | null; readonly lines: readonly FaultLine[] } | null;
  firstFailed: LogTime | null;
  /** Some failure had no time, so nothing can be said to be later. */
  undated: boolean;
  /** The first good scan after the last failure, and the last one of all. */
  worked: ScanSucceeded | null;
  last: ScanSucceeded | null;
  first: ScanSucceeded | null;
}

/** Scans that failed work again. */
export interface Recovered {
  /** Of the machine that was the last to work again. */
  readonly at: LogTime;
  /** The text names the server, and it is the same one. */
  readonly sameServer: boolean;
  /** The last failure and the good scan after it. */
  readonly lines: readonly FaultLine[];
}

/** Whether the first is after the second; null when their clocks cannot be compared. */
export function isLater(first: LogTime | null, second: LogTime | null): boolean | null {
  if (first === null || second === null) return null;
  if ((first.zone === 'local') !== (second.zone === 'local')) return null;
  return instant(first) > instant(second);
}

/**
 * Tells whether scans that failed worked later. It goes by the times alone: a log may run newest first.
 * Constant memory; when there is too much to follow, nothing has recovered.
 */
export class Recovery {
  readonly #places = new Map<string, Place>();
  #text = 0;
  #servers = false;
  #overflowed = false;

  /** Another text begins: another machine, perhaps. */
  nextText(): void {
    this.#text += 1;
  }

  /** @param fault A failed scan of a client. One of a server's own log speaks for clients whose good scans it does not name. */
  failed(fault: Fault): void {
    if (fault.source === 'SoftwareDistribution.log' || fault.isExample) {
      this.#servers = true;
      return;
    }
    const place = this.#placeOf(fault.host, fault.client);
    if (place === undefined) return;
    const { time } = fault;
    place.undated ||= time === null;
    if (place.firstFailed === null || isLater(place.firstFailed, time) === true) place.firstFailed = time;
    if (place.failed !== null && isLater(time, place.failed.time) !== true) {
      place.undated ||= isLater(time, place.failed.time) === null;
      return;
    }
    place.failed = { time, lines: fault.lines.slice(0, 4) };
    const after = (seen: ScanSucceeded | null) => isLater(seen?.time ?? null, time) === true;
    if (!after(place.worked)) place.worked = after(place.last) ? place.last : null;
  }

  worked(seen: ScanSucceeded): void {
    const place = this.#placeOf(seen.host, seen.client);
    if (place === undefined) return;
    const { failed, worked, last, first } = place;
    if (first === null || isLater(first.time, seen.time) === true) place.first = seen;
    if (last === null || isLater(seen.time, last.time) === true) place.last = seen;
    const counts = failed === null || isLater(seen.time, failed.time) === true;
    if (counts && (worked === null || isLater(worked.time, seen.time) === true)) place.worked = seen;
  }

  #placeOf(host: string | null, client: string | null): Place | undefined {
    const key = `${this.#text} ${host ?? ''} ${client ?? ''}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      if (this.#places.size >= mostPlaces) {
        this.#overflowed = true;
        return undefined;
      }
      const nothing = {
        failed: null,
        firstFailed: null,
        undated: false,
        worked: null,
        last: null,
        first: null,
      };
      place = { text: this.#text, client, host, ...nothing };
      this.#places.set(key, place);
    }
    return place;
  }

  /** Some scan failed, a later one worked, and one after that failed again. */
  get comesAndGoes(): boolean {
    return [...this.#places.values()].some((place) => this.#alternates(place));
  }

  #alternates(place: Place): boolean {
    const { failed, firstFailed } = place;
    return this.#sameServer(place)
      .flatMap(({ first, worked, last }) => [first, worked, last])
      .some(
        (good) =>
          isLater(good?.time ?? null, firstFailed) && isLater(failed?.time ?? null, good?.time ?? null),
      );
  }

  /** @returns null unless every scan that failed worked later, against the same server. */
  recovered(): Recovered | null {
    if (this.#overflowed || this.#servers) return null;
    let at: LogTime | null = null;
    let sameServer = true;
    const lines: FaultLine[] = [];
    for (const place of this.#places.values()) {
      const { failed, undated } = place;
      if (failed === null) continue;
      const worked = undated ? null : this.#workedAfter(place);
      if (worked === null) return null;
      const named = place.host !== null || this.#hosts(place).length === 1;
      // In turns against servers that nobody names: the next one may fail again.
      if (!named && this.#alternates(place)) return null;
      if (at === null || isLater(worked.time, at) === true) at = worked.time;
      sameServer &&= named;
      if (lines.length < 5 * shownPlaces)
        lines.push(...failed.lines.slice(0, 1), worked.line, ...failed.lines.slice(1));
    }
    return at === null ? null : { at, sameServer, lines };
  }

  /** All places of one client in one text. */
  #machine({ text, client }: Place): Place[] {
    return [...this.#places.values()].filter((place) => place.text === text && place.client === client);
  }

  #hosts(place: Place): string[] {
    return [...new Set(this.#machine(place).flatMap(({ host }) => host ?? []))];
  }

  /** The places of one client that are the same server. A line that names none means the only one that is named. */
  #sameServer(place: Place): Place[] {
    const oneServer = this.#hosts(place).length <= 1;
    return this.#machine(place).filter(({ host }) => oneServer || (host !== null && host === place.host));
  }

  /** The first good scan after a place's last failure. */
  #workedAfter(place: Place): ScanSucceeded | null {
    const good = this.#sameServer(place)
      .flatMap(({ worked, last }) => [worked, last])
      .filter((seen) => isLater(seen?.time ?? null, place.failed?.time ?? null) === true);
    const [some = null] = good;
    return good.reduce(
      (first, seen) => (isLater(first?.time ?? null, seen?.time ?? null) ? seen : first),
      some,
    );
  }

  /** @returns the servers against which a scan worked after it had failed against another one. */
  worksOn(): string[] {
    const places = [...this.#places.values()];
    const failing = places.filter(({ host, failed }) => host !== null && failed !== null);
    const hosts = places.flatMap(({ host, last, failed }) => {
      if (host === null || last === null || failed !== null) return [];
      return failing.some((place) => isLater(last.time, place.failed?.time ?? null)) ? [host] : [];
    });
    return [...new Set(hosts)].slice(0, mostHosts);
  }
}
