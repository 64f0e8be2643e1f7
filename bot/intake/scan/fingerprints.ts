import { logSample } from './log-sample.ts';
import type { ByteClass, Pattern } from './pattern.ts';

/** So many bytes of a pattern are looked for at every place of a text. */
export const fingerprintLength = 4;

/** Two tables of sixteen for one place: a byte may stand there, for the buckets whose bits both tables have at its halves. */
export interface PlaceTable {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Fingerprinted {
  readonly pattern: Pattern;
  /** Where in the pattern its fingerprint begins. */
  readonly offset: number;
  /** 0 to 5: bits 6 and 7 are for line ends. */
  readonly bucket: number;
}

/** Bit of a carriage return that no line feed follows. The code turns over what the second place says of it. */
export const loneReturnBucket = 6;
export const lineFeedBucket = 7;
const buckets = loneReturnBucket;
/** Offsets of one pattern that are tried in every bucket. */
const mostOffsets = 3;

/** How often, in a million bytes of logs, a byte of each kind stands: enough to choose the rarest bytes of a pattern. */
function frequency(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return 35_000;
  if (byte >= 0x61 && byte <= 0x7a) return byte <= 0x66 ? 25_000 : 15_000;
  if (byte >= 0x41 && byte <= 0x5a) return 4_000;
  if (byte === 0x20 || byte === 0x2d) return 35_000;
  if (byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x2e) return 10_000;
  if (byte === 0x2f || byte === 0x3a || byte === 0x2c || byte === 0x3d) return 10_000;
  return byte < 0x80 ? 1_000 : 20;
}

const frequencies = Float64Array.from({ length: 256 }, (_, byte) => frequency(byte) / 1_000_000);
const classFrequency = (bytes: ByteClass): number =>
  bytes.reduce((sum, byte) => sum + (frequencies[byte] ?? 0), 0);

/** For each place the low and the high halves that may stand there, as sixteen bits each. */
type Halves = readonly { readonly low: number; readonly high: number }[];

const nothing: Halves = new Array(fingerprintLength).fill({ low: 0, high: 0 });

const halvesOf = (places: readonly ByteClass[]): Halves =>
  places.map((bytes) => ({
    low: bytes.reduce((bits, byte) => bits | (1 << (byte & 15)), 0),
    high: bytes.reduce((bits, byte) => bits | (1 << (byte >> 4)), 0),
  }));

const together = (some: Halves, others: Halves): Halves =>
  some.map(({ low, high }, place) => ({
    low: low | (others[place]?.low ?? 0),
    high: high | (others[place]?.high ?? 0),
  }));

const sample = Buffer.from(logSample, 'latin1');

const passes = (halves: Halves, place: number, byte: number): boolean => {
  const { low, high } = halves[place] ?? { low: 0, high: 0 };
  return ((low >> (byte & 15)) & (high >> (byte >> 4)) & 1) === 1;
};

/** The share of places at which bytes pass in vain, in the sample and by chance: the tables let through every mixture of halves. */
function falseAlarms(halves: Halves): number {
  const chance = halves.reduce((product, _, place) => {
    let sum = 0;
    for (let byte = 0; byte < 256; byte += 1) if (passes(halves, place, byte)) sum += frequencies[byte] ?? 0;
    return product * sum;
  }, 1);
  let passed = 0;
  for (let at = 0; at + fingerprintLength <= sample.length; at += 1) {
    let place = 0;
    while (place < fingerprintLength && passes(halves, place, sample[at + place] ?? 0)) place += 1;
    if (place === fingerprintLength) passed += 1;
  }
  return chance + passed / sample.length;
}

const offsetsOf = ({ classes }: Pattern): number[] => [
  ...new Array(classes.length - fingerprintLength + 1).keys(),
];

/**
 * Chooses for each pattern the bytes to look for and the bucket in which they mix least with others.
 * A pattern of too few classes is a SyntaxError.
 *
 * @returns one for each pattern, in their order.
 */
export function chooseFingerprints(patterns: readonly Pattern[]): Fingerprinted[] {
  const taken = new Array<Halves>(buckets).fill(nothing);
  const costs = new Array<number>(buckets).fill(0);
  const chosen: Fingerprinted[] = [];
  const wanted = patterns.map((pattern, number) => {
    if (pattern.classes.length < fingerprintLength)
      throw new SyntaxError(`reading the pattern ${pattern.source}: it is too short`);
    const places = offsetsOf(pattern).map((offset) => {
      const halves = halvesOf(pattern.classes.slice(offset, offset + fingerprintLength));
      return { offset, halves, alone: falseAlarms(halves) };
    });
    return { pattern, number, places, least: Math.min(...places.map(({ alone }) => alone)) };
  });
  // The commonest first: they need a bucket of their own.
  for (const { pattern, number, places } of wanted.toSorted((a, b) => b.least - a.least)) {
    let best = { offset: 0, bucket: 0, halves: nothing, cost: 0, more: Number.POSITIVE_INFINITY };
    for (const { offset, halves } of places.toSorted((a, b) => a.alone - b.alone).slice(0, mostOffsets))
      for (const [bucket, before] of taken.entries()) {
        const mixed = together(before, halves);
        const cost = falseAlarms(mixed);
        const more = cost - (costs[bucket] ?? 0);
        if (more < best.more) best = { offset, bucket, halves: mixed, cost, more };
      }
    taken[best.bucket] = best.halves;
    costs[best.bucket] = best.cost;
    chosen[number] = { pattern, offset: best.offset, bucket: best.bucket };
  }
  return chosen;
}

/** The tables of all places. The first one also marks line feeds, and nothing else, in a bucket of their own. */
export function placeTables(chosen: readonly Fingerprinted[]): PlaceTable[] {
  const tables = Array.from({ length: fingerprintLength }, () => ({
    low: new Array<number>(16).fill(0),
    high: new Array<number>(16).fill(0),
  }));
  const mark = (place: number, byte: number, bucket: number) => {
    const table = tables[place];
    if (table === undefined) return;
    table.low[byte & 15] = (table.low[byte & 15] ?? 0) | (1 << bucket);
    table.high[byte >> 4] = (table.high[byte >> 4] ?? 0) | (1 << bucket);
  };
  mark(0, 0x0a, lineFeedBucket);
  mark(0, 0x0d, loneReturnBucket);
  mark(1, 0x0a, loneReturnBucket);
  for (let place = 2; place < fingerprintLength; place += 1)
    for (let byte = 0; byte < 256; byte += 1) mark(place, byte, loneReturnBucket);
  for (const { pattern, offset, bucket } of chosen)
    for (let place = 0; place < fingerprintLength; place += 1)
      for (const byte of pattern.classes[offset + place] ?? []) mark(place, byte, bucket);
  return tables;
}
