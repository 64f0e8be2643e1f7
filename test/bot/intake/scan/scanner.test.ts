import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chosenFingerprints } from '../../../../bot/intake/scan/chosen-fingerprints.ts';
import { fingerprintLength, placeTables } from '../../../../bot/intake/scan/fingerprints.ts';
import { linePatterns } from '../../../../bot/intake/scan/line-patterns.ts';
import { type Pattern, readPattern } from '../../../../bot/intake/scan/pattern.ts';
import { loneReturn, Scanner } from '../../../../bot/intake/scan/scanner.ts';
import { generateLog } from '../../../bench/generated-log.ts';

const size = 4096;
const patterns = ['aabba', 'b\\db\\h\\h', 'x8\\h\\h\\h', 'aab\\sb', '\\xE2\\x80\\xA8-A9\\x00-FF\\x00-FF'].map(
  readPattern,
);
const scanner = new Scanner(patterns, size);

const put = (bytes: Uint8Array): number => {
  scanner.text.fill(0xee);
  scanner.text.set(bytes);
  return bytes.length;
};

const standsAt = ({ classes }: Pattern, bytes: Uint8Array, at: number): boolean =>
  at + classes.length <= bytes.length &&
  classes.every((members, index) => members.includes(bytes[at + index] as number));

/** What a scan must find, looked for place by place. */
const expected = (bytes: Uint8Array, from: number): number[] =>
  [...bytes.keys()].filter(
    (at) =>
      at >= from &&
      (patterns.some((pattern) => standsAt(pattern, bytes, at)) ||
        (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)),
  );

const letters = fc.constantFrom(...Buffer.from('abx8 \t\n\r0f\xe2\x80\xa8', 'latin1'));
const text = fc.array(letters, { maxLength: 400 }).map((bytes) => Uint8Array.from(bytes));

test('a scan finds every place of every pattern, and no other', () => {
  fc.assert(
    fc.property(text, (bytes) => {
      const end = put(bytes);
      const found = new Set<number>();
      for (let at = scanner.scan(0, end); at >= 0; at = scanner.scan(at + 1, end)) {
        found.add(at);
        const pattern = patterns[scanner.found];
        const stands = pattern === undefined ? scanner.found === loneReturn : standsAt(pattern, bytes, at);
        assert.ok(stands, `${scanner.found} at ${at}`);
      }
      // A pattern that begins before another one but whose fingerprint stands behind may come after it, or not at all: none of a line is needed
      // but one, so the first of a line is what counts.
      for (const [from, to] of lines(bytes)) {
        const should = expected(bytes, 0).filter((at) => at >= from && at < to);
        const has = [...found].filter((at) => at >= from && at < to);
        assert.equal(has.length > 0, should.length > 0, `line from ${from} to ${to}`);
        assert.ok(has.every((at) => should.includes(at)));
      }
    }),
    { numRuns: 500 },
  );
});

const lines = (bytes: Uint8Array): [number, number][] => {
  const starts = [0, ...[...bytes.keys()].filter((at) => bytes[at] === 0x0a).map((at) => at + 1)];
  return starts.map((from, index) => [from, starts[index + 1] ?? bytes.length]);
};

test('line feeds are counted up to what was found, or to the end', () => {
  fc.assert(
    fc.property(text, fc.nat({ max: 50 }), (bytes, start) => {
      const end = put(bytes);
      const from = Math.min(start, end);
      const found = scanner.scan(from, end);
      const passed = bytes.subarray(from, found < 0 ? end : Math.max(from, found));
      assert.equal(scanner.lineFeeds, passed.filter((byte) => byte === 0x0a).length);
    }),
  );
});

test('the next line end is LF, CR, or U+2028 and U+2029 in UTF-8', () => {
  fc.assert(
    fc.property(text, fc.nat({ max: 50 }), (bytes, start) => {
      const end = put(bytes);
      const from = Math.min(start, end);
      const isEnd = (at: number): boolean =>
        bytes[at] === 0x0a ||
        bytes[at] === 0x0d ||
        (bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xa8);
      const first = [...bytes.keys()].find((at) => at >= from && isEnd(at)) ?? end;
      assert.equal(scanner.lineEnd(from, end), first);
    }),
  );
});

test('what stands beyond the end is not found', () => {
  const bytes = Buffer.from('...aabba');
  put(bytes);
  assert.equal(scanner.scan(0, 7), -1);
  assert.equal(scanner.scan(0, 8), 3);
});

test('a pattern that is too short, or not one at all, is a SyntaxError', () => {
  assert.throws(() => new Scanner([readPattern('abcd')], 64), SyntaxError);
  assert.throws(() => readPattern('abc\\q'), SyntaxError);
});

test('for every anchor its bytes were chosen (run choose-fingerprints.ts when this fails)', () => {
  assert.deepEqual(
    [...chosenFingerprints.keys()],
    linePatterns.map(({ source }) => source),
  );
  for (const { source, classes } of linePatterns) {
    const { offset, bucket } = chosenFingerprints.get(source) ?? { offset: -1, bucket: -1 };
    assert.ok(
      offset >= 0 && offset + fingerprintLength <= classes.length && bucket >= 0 && bucket < 6,
      source,
    );
  }
});

test('a log in which nothing is wrong sets off few false alarms', () => {
  const [log = Buffer.alloc(0)] = generateLog({ bytes: 200_000, matches: 0, seed: 3 });
  const tables = placeTables(
    linePatterns,
    ({ source }) => chosenFingerprints.get(source) ?? { offset: 0, bucket: 0 },
  );
  let alarms = 0;
  for (let at = 0; at + fingerprintLength <= log.length; at += 1) {
    const bits = tables.reduce((left, { low, high }, place) => {
      const byte = log[at + place] as number;
      return left & (low[byte & 15] as number) & (high[byte >> 4] as number);
    }, 0b111111);
    if (bits !== 0) alarms += 1;
  }
  assert.ok(alarms / log.length < 0.002, `${alarms} in ${log.length} bytes`);
});
