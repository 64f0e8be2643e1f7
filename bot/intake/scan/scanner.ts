import { chosenFingerprints } from './chosen-fingerprints.ts';
import { type Fingerprint, fingerprintLength, loneReturnBucket, placeTables } from './fingerprints.ts';
import { type ByteClass, type Pattern, readPattern } from './pattern.ts';
import { layout, scannerModule } from './scanner-code.ts';

type Exported = (...values: number[]) => number;

const page = 65_536;
/** `scan` reads this far beyond the end of what it looks at. */
const margin = 128;

/** What `found` says of a carriage return without line feed: such a line end is found like a pattern. */
export const loneReturn = 0xff;
const loneReturnPattern = readPattern('\\x0D');

/**
 * Looks for many patterns at once in its own memory, sixteen bytes at a time (the shuffle that Hyperscan calls Teddy), and counts line feeds
 * on the way. One scanner serves one reader at a time.
 */
export class Scanner {
  /** Where the reader puts bytes. A place in it is counted from 0. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly #cells: Int32Array;
  readonly #scan: Exported;
  readonly #lineEnd: Exported;

  /** @param size Bytes of text it has room for. */
  constructor(patterns: readonly Pattern[], size: number) {
    const pages = Math.ceil((layout.text + size + margin) / page);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(scannerModule(pages));
    const { exports } = new WebAssembly.Instance(module, { host: { memory } });
    this.#scan = exported(exports, 'scan');
    this.#lineEnd = exported(exports, 'lineEnd');
    this.#cells = new Int32Array(memory.buffer, 0, 2);
    this.text = new Uint8Array(memory.buffer, layout.text, size);
    writeTables(memory.buffer, patterns);
  }

  /**
   * @returns where the first pattern begins that stands whole in `text` from `from` to `end`; -1 for none. Counts line feeds up to there.
   */
  scan(from: number, end: number): number {
    const at = this.#scan(from + layout.text, end + layout.text);
    return at === 0 ? -1 : at - layout.text;
  }

  /** Line feeds that the last `scan` passed. */
  get lineFeeds(): number {
    return this.#cells[layout.lineFeeds / 4] ?? 0;
  }

  /** The pattern that the last `scan` found, as its number in the list, or `loneReturn`. */
  get found(): number {
    return this.#cells[layout.found / 4] ?? 0;
  }

  /** @returns the place of the next line end in `text` from `from` on (its first byte), or `end`. */
  lineEnd(from: number, end: number): number {
    return this.#lineEnd(from + layout.text, end + layout.text) - layout.text;
  }
}

/** A pattern that nobody chose for looks for its first bytes: right, if slower. */
function fingerprintOf(pattern: Pattern): Fingerprint {
  if (pattern.classes.length < fingerprintLength || pattern.classes.length > layout.longestPattern)
    throw new SyntaxError(`reading the pattern ${pattern.source}: its length is ${pattern.classes.length}`);
  return chosenFingerprints.get(pattern.source) ?? { offset: 0, bucket: 0 };
}

function writeTables(memory: ArrayBuffer, patterns: readonly Pattern[]): void {
  const bytes = new Uint8Array(memory);
  const words = new Int32Array(memory);
  for (const [place, { low, high }] of placeTables(patterns, fingerprintOf).entries())
    bytes.set([...low, ...high], layout.tables + place * 32);
  const numbers = new Map<string, number>();
  const classNumber = (members: ByteClass): number => {
    const key = members.join();
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    for (const byte of members) bytes[layout.classes + number * 256 + byte] = 1;
    return number;
  };
  const records = patterns.map((pattern, number) => ({ pattern, number, ...fingerprintOf(pattern) }));
  records.push({ pattern: loneReturnPattern, number: loneReturn, offset: 0, bucket: loneReturnBucket });
  let address: number = layout.patterns;
  for (let bucket = 0; bucket < 8; bucket += 1) {
    words[layout.buckets / 4 + bucket * 2] = address;
    for (const { pattern, number, offset } of records.filter((each) => each.bucket === bucket)) {
      bytes.set([pattern.classes.length, offset, number, ...pattern.classes.map(classNumber)], address);
      address += layout.patternSize;
    }
    words[layout.buckets / 4 + bucket * 2 + 1] = address;
  }
}

function exported(exports: Readonly<Record<string, unknown>>, name: string): Exported {
  const found = exports[name];
  if (typeof found !== 'function') throw new TypeError(`the scanner has no ${name}`);
  return found as Exported;
}
