import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { splitLines } from '../../../bot/diagnosis/records/normalise.ts';
import type { NumberedLine } from '../../../bot/diagnosis/records/records.ts';
import { sourceOfChunks } from '../../../bot/intake/byte-source.ts';
import { type ReadLogOptions, readLog } from '../../../bot/intake/read-log.ts';
import { quietHead } from './log-lines.ts';

const sizes = { block: 64, history: 256, longestLine: 128 };
const scanned: ReadLogOptions = { wholeUpTo: 0, sizes };

const source = (bytes: Uint8Array, step = 13) =>
  sourceOfChunks(
    (async function* () {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    })(),
  );

const read = async (bytes: Uint8Array, options: ReadLogOptions = {}) => {
  const fed: NumberedLine[] = [];
  const size = await readLog(source(bytes), (line) => fed.push(line), options);
  return { fed, size };
};

const linesOf = (text: string): number => {
  const lines = splitLines(text);
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
};

describe('a log that is read as a stream', () => {
  test('has as many lines as the same text has, whatever ends them and wherever blocks end', async () => {
    const piece = fc.constantFrom('a', 'longer than that ', '\n', '\r\n', '\r', '\u2028', '\u2029', '‘', '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 16, max: 96 }),
        async (pieces, block) => {
          const text = pieces.join('');
          const { size } = await read(Buffer.from(text), {
            wholeUpTo: 0,
            sizes: { ...sizes, block, longestLine: 2000 },
          });
          assert.deepEqual(size, { lines: linesOf(text), bytes: Buffer.byteLength(text), truncated: false });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('gives its lines the numbers they have, after those of earlier logs', async () => {
    const text = `${quietHead}${'nothing\n'.repeat(100)}0x80244007\r\n${'nothing\n'.repeat(90)}0x80072EE2`;
    const { fed, size } = await read(Buffer.from(text), { ...scanned, before: 1000 });
    const told = fed.filter(({ text: line }) => line.startsWith('0x'));
    assert.deepEqual(told, [
      { line: 1171, text: '0x80244007' },
      { line: 1262, text: '0x80072EE2' },
    ]);
    assert.equal(size.lines, 262);
    assert.ok(fed.length < 262, `${fed.length} of 262 lines are fed`);
  });

  test('is cut in a line of a hundred megabytes, and says so', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const chunks = async function* () {
      yield Buffer.from(`${quietHead}begins 0x80244007 `);
      for (let count = 0; count < 100; count += 1) yield megabyte;
      yield Buffer.from('\r\nthen 0x80072EE2\n');
    };
    const fed: NumberedLine[] = [];
    const size = await readLog(sourceOfChunks(chunks()), (line) => fed.push(line));
    assert.equal(size.truncated, true);
    assert.equal(size.lines, 72);
    assert.ok(fed.every(({ text }) => text.length <= 1024 * 1024));
    assert.deepEqual(fed.at(-1), { line: 72, text: 'then 0x80072EE2' });
    assert.ok(fed.some(({ line, text }) => line === 71 && text.startsWith('begins 0x80244007 xxx')));
  });

  test('counts a line that is cut once, wherever its end stands in a block', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 100, max: 700 }),
        fc.constantFrom('\n', '\r\n', '\r', '\u2028', ''),
        fc.constantFrom('', 'after', 'after\n'),
        async (length, end, after) => {
          const text = `a\n${'y'.repeat(length)}${end}${end === '' ? '' : after}`;
          const { size } = await read(Buffer.from(text), scanned);
          assert.equal(size.lines, linesOf(text));
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const [name, encode] of [
    ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ] as const) {
    test(`is read in ${name}`, async () => {
      const text = `Größe\r\n${'nothing\r\n'.repeat(20_000)}größer als 0x80244007 😀`;
      const { fed, size } = await read(encode(text), { wholeUpTo: 8192 });
      assert.deepEqual(fed[0], { line: 1, text: 'Größe' });
      assert.deepEqual(fed.at(-1), { line: 20_002, text: 'größer als 0x80244007 😀' });
      assert.deepEqual(size, { lines: 20_002, bytes: encode(text).length, truncated: false });
      assert.ok(fed.length < 200, `${fed.length} lines are fed`);
    });
  }

  test('is read in Windows-1252', async () => {
    const text = `${quietHead}gr\xf6\xdfer als 0x80244007\r\n`;
    const { fed } = await read(Buffer.from(text, 'latin1'), scanned);
    assert.equal(fed.at(-1)?.text, 'größer als 0x80244007');
  });

  test('ends at the cap and says that there was more', async () => {
    const bytes = Buffer.from('abc\ndef\n');
    assert.deepEqual((await read(bytes, { cap: 5 })).size, { lines: 2, bytes: 5, truncated: true });
    assert.deepEqual((await read(bytes, { cap: 8 })).size, { lines: 2, bytes: 8, truncated: false });
    assert.deepEqual((await read(bytes, { ...scanned, cap: 5 })).size, {
      lines: 2,
      bytes: 5,
      truncated: true,
    });
  });

  test('tells how far it is', async () => {
    const seen: number[] = [];
    await read(Buffer.from('x'.repeat(50) + '\n'.repeat(150)), {
      ...scanned,
      onProgress: (bytes) => seen.push(bytes),
    });
    assert.deepEqual(
      seen,
      [...seen].toSorted((a, b) => a - b),
    );
    assert.equal(seen.at(-1), 200);
    assert.ok(seen.length > 3);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const reading = read(Buffer.from('a\n'.repeat(5000)), {
      ...scanned,
      signal: stop.signal,
      onProgress: (bytes) => bytes > 500 && stop.abort(new Error('enough')),
    });
    await assert.rejects(reading, /enough/);
  });

  test('that is empty has no lines', async () => {
    assert.deepEqual((await read(Buffer.alloc(0))).size, { lines: 0, bytes: 0, truncated: false });
  });
});
