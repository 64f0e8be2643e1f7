/** A stretch of time in which the clocks of a zone are `offset` milliseconds ahead of UTC. Times are milliseconds of the epoch. */
export interface OffsetSpan {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
  readonly offset: number;
}

const day = 86_400_000;

/** The offsets of a zone from `from` to `to`, in order and without gaps. Throws a RangeError when `zone` is none of IANA's. */
export const offsetSpans = (zone: string, from: number, to: number): OffsetSpan[] => {
  const offsetAt = offsetsOf(zone);
  const spans: OffsetSpan[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let seen = from; seen < to; ) {
    const next = Math.min(seen + day, to);
    const then = offsetAt(next);
    if (then !== offset) {
      const turn = firstWith(then, offsetAt, seen, next);
      spans.push({ from: start, to: turn, offset });
      start = turn;
      offset = then;
    }
    seen = next;
  }
  spans.push({ from: start, to, offset });
  return spans;
};

/** Whether the time zone database of this Node.js knows the name. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** Of the instants after `before` up to `at`, the first with the offset `wanted`, which `at` has. */
const firstWith = (
  wanted: number,
  offsetAt: (instant: number) => number,
  before: number,
  at: number,
): number => {
  let low = before;
  let high = at;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === wanted) high = middle;
    else low = middle;
  }
  return high;
};

const offsetsOf = (zone: string): ((instant: number) => number) => {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
    if (match === null) throw new Error(`reading the offset of ${zone}: "${name}" is none`);
    const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
    const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return (sign === '-' ? -size : size) * 1000;
  };
};
