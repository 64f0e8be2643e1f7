import {
  assemble,
  block,
  branch,
  type Code,
  call,
  type FunctionSource,
  giveBack,
  i8x16,
  i32,
  type Local,
  loop,
  shiftRightBy4,
  v128,
  when,
} from './assembler.ts';
import { fingerprintLength, loneReturnBucket } from './fingerprints.ts';

/** Where things lie in the scanner's memory, in bytes. */
export const layout = {
  /** Line feeds counted by the last call of `scan`, as i32. */
  lineFeeds: 0,
  /** Number of the pattern that the last call of `scan` found, as i32. */
  found: 4,
  scratch: 16,
  /** Two tables of sixteen bytes for each place of a fingerprint: low halves, then high halves. */
  tables: 128,
  /** Eight pairs of i32: address of a bucket's first pattern, address after its last. */
  buckets: 64,
  /** Records of `patternSize`: length, offset of the fingerprint, number, then one class a byte. */
  patterns: 512,
  patternSize: 64,
  patternHead: 3,
  longestPattern: 61,
  /** 256 bytes a class: 1 where it holds the byte. */
  classes: 16_384,
  text: 65_536,
} as const;

const all = (...parts: Code[]): Code => parts.flat();
const zero = i32.const(0);
const one = i32.const(1);
const step = 16;
const stride = 4;

/** A place's two tables as the code holds them. A constant would be built anew at every use; what was loaded stays in a register. */
interface TableLocals {
  readonly low: Local;
  readonly high: Local;
}

interface Vectors {
  readonly tables: readonly TableLocals[];
  readonly halfMask: Local;
  /** Turns "a line feed follows" over in the second place. */
  readonly turned: Local;
  readonly bytes: Local;
  /** What the first place's tables say: with the bits of line feeds. */
  readonly first: Local;
}

/** Leaves the bits of the buckets that all places allow, a byte each, for the sixteen places from an address. */
function candidates(at: Code, offset: number, { tables, halfMask, turned, bytes, first }: Vectors): Code {
  const passing = ({ low, high }: TableLocals): Code =>
    v128.and(
      i8x16.lookUp(low.get, v128.and(bytes.get, halfMask.get)),
      i8x16.lookUp(high.get, v128.and(shiftRightBy4(bytes.get), halfMask.get)),
    );
  return all(
    ...tables.map((table, place) =>
      all(
        bytes.set(v128.load(at, offset + place)),
        place === 0
          ? first.set(passing(table))
          : place === 1
            ? v128.and(first.get, v128.exclusiveOr(passing(table), turned.get))
            : v128.and([], passing(table)),
      ),
    ),
  );
}

/** `verify(place, bits, end)`: the address at which a pattern of these buckets begins, whose fingerprint stands at `place`; 0 when none does. */
const verify: FunctionSource = {
  name: 'verify',
  parameters: 3,
  locals: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
  body: (place, bits, end, pattern, last, begin, at, length, bucket) =>
    all(
      block(
        loop(
          when(i32.eqz(bits.get), branch(2)),
          bucket.set(
            i32.add(i32.const(layout.buckets), i32.shiftLeft(i32.countTrailingZeros(bits.get), i32.const(3))),
          ),
          bits.set(i32.and(bits.get, i32.subtract(bits.get, one))),
          pattern.set(i32.load(bucket.get)),
          last.set(i32.load(bucket.get, 4)),
          block(
            loop(
              when(i32.equal(pattern.get, last.get), branch(2)),
              length.set(i32.load8(pattern.get)),
              begin.set(i32.subtract(place.get, i32.load8(pattern.get, 1))),
              block(
                when(i32.less(end.get, i32.add(begin.get, length.get)), branch(1)),
                at.set(zero),
                loop(
                  when(
                    i32.equal(at.get, length.get),
                    i32.store(zero, i32.load8(pattern.get, 2), layout.found),
                    giveBack(begin.get),
                  ),
                  when(
                    i32.load8(
                      i32.add(
                        i32.shiftLeft(
                          i32.load8(i32.add(pattern.get, at.get), layout.patternHead),
                          i32.const(8),
                        ),
                        i32.load8(i32.add(begin.get, at.get)),
                      ),
                      layout.classes,
                    ),
                    at.set(i32.add(at.get, one)),
                    branch(1),
                  ),
                ),
              ),
              pattern.set(i32.add(pattern.get, i32.const(layout.patternSize))),
              branch(0),
            ),
          ),
          branch(0),
        ),
      ),
      giveBack(zero),
    ),
};

/** Bits of the places below `end` among the sixteen from `at`. */
const placesBefore = (end: Local, at: Local, mask: Local): Code =>
  all(
    mask.set(i32.const(0xffff)),
    when(
      i32.less(i32.subtract(end.get, at.get), i32.const(step)),
      mask.set(i32.subtract(i32.shiftLeft(one, i32.subtract(end.get, at.get)), one)),
    ),
  );

const verifyIndex = 0;

const pairs = (loaded: readonly Local[]): TableLocals[] =>
  loaded.flatMap((low, index) => {
    const high = loaded[index + 1];
    return index % 2 === 0 && high !== undefined ? [{ low, high }] : [];
  });

/**
 * `scan(at, end)`: the address at which the first pattern begins that stands whole between the two, or 0. Line feeds before it, or before the end, are
 * counted. Reads up to 64 bytes beyond the end.
 */
const scan: FunctionSource = {
  name: 'scan',
  parameters: 2,
  locals: [
    ...(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'v128', 'v128', 'v128', 'v128', 'v128'] as const),
    ...new Array<'v128'>(fingerprintLength * 2).fill('v128'),
  ],
  body: (at, end, lines, few, mask, bits, place, begin, bytes, first, found, halfMask, turned, ...loaded) => {
    const tables = pairs(loaded);
    const vectors = { tables, halfMask, turned, bytes, first };
    return all(
      halfMask.set(i8x16.fill(0x0f)),
      turned.set(i8x16.fill(1 << loneReturnBucket)),
      ...loaded.map((table, index) => table.set(v128.load(zero, layout.tables + index * step))),
      lines.set(zero),
      loop(
        when(
          i32.eqz(i32.less(end.get, i32.add(at.get, i32.const(step * stride)))),
          few.set(zero),
          ...Array.from({ length: stride }, (_, index) =>
            all(
              found.set(
                index === 0
                  ? candidates(at.get, 0, vectors)
                  : v128.or(candidates(at.get, index * step, vectors), found.get),
              ),
              few.set(i32.add(few.get, i32.countOnes(i8x16.bitMask(first.get)))),
            ),
          ),
          when(
            i32.eqz(v128.isAnyTrue(found.get)),
            lines.set(i32.add(lines.get, few.get)),
            at.set(i32.add(at.get, i32.const(step * stride))),
            branch(2),
          ),
        ),
        when(
          i32.eqz(i32.less(at.get, end.get)),
          i32.store(zero, lines.get, layout.lineFeeds),
          giveBack(zero),
        ),
        found.set(candidates(at.get, 0, vectors)),
        placesBefore(end, at, mask),
        few.set(i32.and(i8x16.bitMask(first.get), mask.get)),
        bits.set(i32.and(i8x16.bitMask(i8x16.notEqual(found.get, i8x16.fill(0))), mask.get)),
        when(
          bits.get,
          v128.store(zero, found.get, layout.scratch),
          loop(
            place.set(i32.countTrailingZeros(bits.get)),
            begin.set(
              call(verifyIndex, i32.add(at.get, place.get), i32.load8(place.get, layout.scratch), end.get),
            ),
            when(
              begin.get,
              i32.store(
                zero,
                i32.add(
                  lines.get,
                  i32.countOnes(i32.and(few.get, i32.subtract(i32.shiftLeft(one, place.get), one))),
                ),
                layout.lineFeeds,
              ),
              giveBack(begin.get),
            ),
            bits.set(i32.and(bits.get, i32.subtract(bits.get, one))),
            when(bits.get, branch(1)),
          ),
        ),
        lines.set(i32.add(lines.get, i32.countOnes(few.get))),
        at.set(i32.add(at.get, i32.const(step))),
        branch(0),
      ),
      giveBack(zero),
    );
  },
};

/** `lineEnd(at, end)`: the address of the next line feed, carriage return or U+2028/U+2029 in UTF-8, or `end`. */
const lineEnd: FunctionSource = {
  name: 'lineEnd',
  parameters: 2,
  locals: ['i32', 'i32', 'i32', 'v128'],
  body: (at, end, mask, bits, place, bytes) => {
    const is = (byte: number): Code => i8x16.equal(bytes.get, i8x16.fill(byte));
    return all(
      loop(
        when(i32.eqz(i32.less(at.get, end.get)), giveBack(end.get)),
        bytes.set(v128.load(at.get)),
        placesBefore(end, at, mask),
        bits.set(i32.and(i8x16.bitMask(v128.or(v128.or(is(0x0a), is(0x0d)), is(0xe2))), mask.get)),
        block(
          loop(
            when(i32.eqz(bits.get), branch(2)),
            place.set(i32.add(at.get, i32.countTrailingZeros(bits.get))),
            when(i32.less(i32.load8(place.get), i32.const(0xe2)), giveBack(place.get)),
            when(
              i32.and(
                i32.equal(i32.load8(place.get, 1), i32.const(0x80)),
                i32.equal(i32.or(i32.load8(place.get, 2), one), i32.const(0xa9)),
              ),
              giveBack(place.get),
            ),
            bits.set(i32.and(bits.get, i32.subtract(bits.get, one))),
            branch(0),
          ),
        ),
        at.set(i32.add(at.get, i32.const(step))),
        branch(0),
      ),
      giveBack(end.get),
    );
  },
};

/** The scanner's module. `pages` of 64 KiB is the size of the memory it is given. */
export const scannerModule = (pages: number): Uint8Array<ArrayBuffer> =>
  assemble([verify, scan, lineEnd], pages);
