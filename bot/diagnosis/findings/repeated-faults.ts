import { sharedIdOf } from '../faults/merge-same-id.ts';
import type { ServerEntry } from '../faults/server-entry.ts';
import { utcTime } from '../records/log-time.ts';
import type { NumberedLine } from '../records/records.ts';
import type { RepeatCounter } from './fault-group.ts';

/** So many of each kind are read in the long way first: the evidence comes from them. */
const readFirst = 80;
const mostKinds = 32;

/** Faults of one actor, ErrorCode and Message: they differ in time, ID and client alone. */
interface Kind {
  readonly actor: string;
  readonly errorCode: string;
  readonly message: string;
  readonly counter: RepeatCounter | null;
  read: number;
  /** The hour that is being counted, "2026-11-24 21", and its earliest and latest "2026-11-24 21:40:12.345". */
  hour: string;
  count: number;
  earliest: string;
  latest: string;
}

const momentOf = (text: string) => utcTime(text.slice(0, 10), text.slice(11));

/**
 * Counts faults of a server's log that differ from ones already read in time, ID and client alone. It comes to the same as reading each
 * of them and costs a tenth: a large log holds a hundred thousand.
 */
export class RepeatedFaults {
  readonly #kinds: Kind[] = [];
  readonly #counterFor: (line: NumberedLine) => RepeatCounter | null;
  readonly #isNew: (id: string) => boolean;
  #last: Kind | undefined;
  #date = '';
  #dateExists = false;

  /**
   * @param counterFor Where faults such as this line's are counted; null when they cannot be counted without being read.
   * @param isNew Whether no rendering of a fault was seen before, by what its renderings share; it counts as seen from then on.
   */
  constructor(counterFor: (line: NumberedLine) => RepeatCounter | null, isNew: (id: string) => boolean) {
    this.#counterFor = counterFor;
    this.#isNew = isNew;
  }

  /** @returns false for an entry that has to be read: nothing was counted. */
  count(line: NumberedLine, entry: ServerEntry): boolean {
    const kind = this.#kindOf(line, entry);
    if (kind === undefined || kind.counter === null) return false;
    kind.read += 1;
    if (kind.read <= readFirst || !this.#exists(entry.date)) return false;
    const id = sharedIdOf(entry);
    if (id === null || !this.#isNew(id)) return false;
    kind.counter.countAgain(entry.client);
    const hour = `${entry.date} ${entry.time.slice(0, 2)}`;
    const at = `${entry.date} ${entry.time}`;
    if (hour !== kind.hour) {
      this.#flush(kind);
      kind.hour = hour;
      kind.earliest = at;
      kind.latest = at;
    } else if (at < kind.earliest) kind.earliest = at;
    else if (at > kind.latest) kind.latest = at;
    kind.count += 1;
    return true;
  }

  /** Call it once, at the end. */
  end(): void {
    for (const kind of this.#kinds) this.#flush(kind);
  }

  #kindOf(line: NumberedLine, { actor, errorCode, message }: ServerEntry): Kind | undefined {
    const isThat = (kind: Kind) =>
      kind.message === message && kind.errorCode === errorCode && kind.actor === actor;
    if (this.#last !== undefined && isThat(this.#last)) return this.#last;
    let kind = this.#kinds.find(isThat);
    if (kind === undefined && this.#kinds.length < mostKinds) {
      const counter = this.#counterFor(line);
      const nothing = { read: 0, hour: '', count: 0, earliest: '', latest: '' };
      kind = { actor, errorCode, message, counter, ...nothing };
      this.#kinds.push(kind);
    }
    this.#last = kind;
    return kind;
  }

  /** A time that does not exist counts as none, which is for the long way. */
  #exists(date: string): boolean {
    if (date !== this.#date) {
      this.#date = date;
      this.#dateExists = utcTime(date, '00:00:00.000') !== null;
    }
    return this.#dateExists;
  }

  #flush(kind: Kind): void {
    if (kind.count === 0 || kind.counter === null) return;
    kind.counter.countTimes(momentOf(kind.earliest), momentOf(kind.latest), kind.count);
    kind.count = 0;
  }
}
