import type { HourCount } from './diagnosis.ts';
import type { Fault, LogTime } from './fault.ts';
import { instant } from './log-time.ts';

const hour = 3_600_000;
const longestTimeline = 240;

export interface Timeline {
  readonly firstSeen: LogTime | null;
  readonly lastSeen: LogTime | null;
  readonly perHour: readonly HourCount[];
}

function hourAt(value: number, zone: LogTime['zone']): LogTime {
  const iso = new Date(value).toISOString();
  return { iso: zone === 'local' ? iso.slice(0, -1) : iso, zone };
}

function countHours(times: readonly LogTime[], first: number, last: number): HourCount[] {
  const start = Math.floor(first / hour) * hour;
  const hours = Math.floor((last - start) / hour) + 1;
  if (last - first <= hour || hours > longestTimeline) return [];
  const counts = new Array<number>(hours).fill(0);
  for (const time of times) {
    const slot = Math.floor((instant(time) - start) / hour);
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  const zone = times[0]?.zone ?? 'local';
  return counts.map((count, slot) => ({ hour: hourAt(start + slot * hour, zone), count }));
}

/** Times with a known zone when there are any, else the local ones: the two cannot be compared. */
export function timelineOf(faults: readonly Fault[]): Timeline {
  const all = faults.flatMap(({ time }) => (time === null ? [] : [time]));
  const known = all.filter(({ zone }) => zone !== 'local');
  const times = (known.length > 0 ? known : all).toSorted((a, b) => instant(a) - instant(b));
  const firstSeen = times[0] ?? null;
  const lastSeen = times.at(-1) ?? null;
  if (firstSeen === null || lastSeen === null) return { firstSeen, lastSeen, perHour: [] };
  return { firstSeen, lastSeen, perHour: countHours(times, instant(firstSeen), instant(lastSeen)) };
}
