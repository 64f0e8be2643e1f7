import type { Pattern } from './pattern.ts';

/** So many bytes of a pattern are looked for at every place of a text. */
export const fingerprintLength = 5;

/** Which bytes of a pattern are looked for, and together with which other patterns. */
export interface Fingerprint {
  /** Where in the pattern its fingerprint begins. */
  readonly offset: number;
  /** 0 to 5: bits 6 and 7 are for line ends. */
  readonly bucket: number;
}

/** Two tables of sixteen for one place: a byte may stand there, for the buckets whose bits both tables have at its halves. */
export interface PlaceTable {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Bit of a carriage return that no line feed follows. The code turns over what the second place says of it. */
export const loneReturnBucket = 6;
const lineFeedBucket = 7;

/** The tables of all places. The first one also marks line feeds, and nothing else, in a bucket of their own. */
export function placeTables(
  patterns: readonly Pattern[],
  fingerprintOf: (pattern: Pattern) => Fingerprint,
): PlaceTable[] {
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
  for (const pattern of patterns) {
    const { offset, bucket } = fingerprintOf(pattern);
    for (let place = 0; place < fingerprintLength; place += 1)
      for (const byte of pattern.classes[offset + place] ?? []) mark(place, byte, bucket);
  }
  return tables;
}
