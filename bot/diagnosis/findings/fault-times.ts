import type { HourCount } from '../diagnosis.ts';
import type { LogTime } from '../faults/fault.ts';
import { instant } from '../records/log-time.ts';

const hour = 3_600_000;
const longestTimeline = 240;

/** Times of one kind: those with a known zone, or local ones. The two cannot be compared. */
class Clock {
  first: LogTime | null = null;
  last: LogTime | null = null;
  #firstAt = Number.POSITIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** By hours since 1970. */
  readonly #hours = new Map<number, number>();
  forgot = false;

  add(time: LogTime, count = 1): void {
    const at = instant(time);
    if (at < this.#firstAt) {
      this.first = time;
      this.#firstAt = at;
    }
    if (at > this.#lastAt) {
      this.last = time;
      this.#lastAt = at;
    }
    this.#count(Math.floor(at / hour), count);
  }

  addAll(other: Clock): void {
    for (const time of [other.first, other.last]) if (time !== null) this.add(time, 0);
    for (const [slot, count] of other.#hours) this.#count(slot, count);
    this.forgot ||= other.forgot;
  }

  /** Only the last 240 hours are kept, whichever way the log runs. */
  #count(slot: number, count: number): void {
    const oldest = this.#lastSlot - longestTimeline;
    if (slot <= oldest) {
      this.forgot = true;
      return;
    }
    this.#hours.set(slot, (this.#hours.get(slot) ?? 0) + count);
    if (this.#hours.size <= 2 * longestTimeline) return;
    for (const old of this.#hours.keys()) if (old <= oldest) this.#hours.delete(old);
    this.forgot = true;
  }

  get #lastSlot(): number {
    return Math.floor(this.#lastAt / hour);
  }

  get span(): number {
    return this.last === null ? 0 : this.#lastAt - this.#firstAt;
  }

  timeline(): HourCount[] {
    const { last } = this;
    if (last === null || this.span <= hour) return [];
    const end = this.#lastSlot;
    const begin = Math.max(Math.floor(this.#firstAt / hour), end - longestTimeline + 1);
    return Array.from({ length: end - begin + 1 }, (_, index) => {
      const iso = new Date((begin + index) * hour).toISOString();
      return {
        hour: { iso: last.zone === 'local' ? iso.slice(0, -1) : iso, zone: last.zone },
        count: this.#hours.get(begin + index) ?? 0,
      };
    });
  }
}

export interface Timeline {
  readonly firstSeen: LogTime | null;
  readonly lastSeen: LogTime | null;
  /** Empty when the times span no more than an hour. */
  readonly perHour: readonly HourCount[];
  /** The times span more hours than the timeline has. */
  readonly cut: boolean;
}

/** When faults happened, in constant memory. Times with a known zone when there are any, else the local ones. */
export class FaultTimes {
  readonly #known = new Clock();
  readonly #local = new Clock();

  add(time: LogTime | null): void {
    if (time !== null) (time.zone === 'local' ? this.#local : this.#known).add(time);
  }

  /** @param count Faults of one hour, from the earliest to the latest. */
  addHour(earliest: LogTime, latest: LogTime, count: number): void {
    const clock = earliest.zone === 'local' ? this.#local : this.#known;
    clock.add(earliest, count);
    clock.add(latest, 0);
  }

  addAll(other: FaultTimes): void {
    this.#known.addAll(other.#known);
    this.#local.addAll(other.#local);
  }

  timeline(): Timeline {
    const clock = this.#known.last === null ? this.#local : this.#known;
    const { first: firstSeen, last: lastSeen } = clock;
    const cut = clock.forgot || clock.span > longestTimeline * hour;
    return { firstSeen, lastSeen, perHour: clock.timeline(), cut };
  }
}
