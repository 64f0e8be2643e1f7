import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { IntakeError } from '../../../bot/intake/intake-error.ts';
import { type OpenLogsOptions, openLogs } from '../../../bot/intake/open-logs.ts';
import { generateLog } from '../../bench/generated-log.ts';
import { cabOf, inChunks } from './archive-files.ts';

const log = Buffer.concat([...generateLog({ bytes: 300_000, matches: 3 })]);
const other = Buffer.from('another log\r\n');

type Options = Partial<OpenLogsOptions> & { readonly step?: number };

/** Every log with its contents. */
async function opened(bytes: Uint8Array, { step = 1000, ...options }: Options = {}) {
  const found: [string, Buffer][] = [];
  for await (const { name, inside, bytes: content } of openLogs(inChunks(bytes, step), {
    name: 'sent',
    ...options,
  }))
    found.push([[...inside, name].join(' › '), await buffer(content)]);
  return found;
}

const refused = (bytes: Uint8Array, code: string, options: Options = {}) =>
  assert.rejects(opened(bytes, options), (error) => {
    assert.ok(error instanceof IntakeError, String(error));
    assert.equal(error.code, code);
    return true;
  });

/** As a program writes that cannot go back: sizes and checksum stand behind each file. */
function streamedZip(
  files: Readonly<Record<string, Uint8Array>>,
  Entry: typeof ZipDeflate | typeof ZipPassThrough,
): Buffer {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, bytes] of Object.entries(files)) {
    const entry = new Entry(name);
    zip.add(entry);
    entry.push(bytes.subarray(0, 5));
    entry.push(bytes.subarray(5), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

describe('a file', () => {
  test('that is text is one log', async () => {
    assert.deepEqual(await opened(log), [['sent', log]]);
    assert.deepEqual(await opened(Buffer.alloc(0)), [['sent', Buffer.alloc(0)]]);
  });

  for (const step of [7, 1000, 1_000_000]) {
    test(`in gzip is one log, in chunks of ${step} bytes`, async () => {
      assert.deepEqual(await opened(gzipSync(log), { name: 'sd.log.gz', step }), [
        ['sd.log.gz › sd.log', log],
      ]);
    });

    test(`in zip is opened, deflated, stored and streamed, in chunks of ${step} bytes`, async () => {
      const files = { 'a/sd.log': log, 'a/': new Uint8Array(), 'b.log': other };
      const expected = [
        ['sent › a/sd.log', log],
        ['sent › b.log', other],
      ];
      assert.deepEqual(await opened(zipSync(files), { step }), expected);
      assert.deepEqual(await opened(zipSync(files, { level: 0 }), { step }), expected);
      const { 'a/': _, ...logs } = files;
      assert.deepEqual(await opened(streamedZip(logs, ZipDeflate), { step }), expected);
    });

    test(`in a cabinet is opened, MSZIP and not compressed, in chunks of ${step} bytes`, async () => {
      const files = [
        { name: 'sd.log', bytes: log },
        { name: 'b.log', bytes: other },
      ];
      const expected = [
        ['sent › sd.log', log],
        ['sent › b.log', other],
      ];
      assert.deepEqual(await opened(cabOf(files, 1), { step }), expected);
      assert.deepEqual(await opened(cabOf(files, 0), { step }), expected);
    });
  }

  test('of which the reader leaves a part does not spoil the next', async () => {
    const names: string[] = [];
    const zip = zipSync({ 'a.log': log, 'b.log': other });
    for await (const { name, bytes } of openLogs(inChunks(zip), { name: 'sent' })) {
      names.push(name);
      for await (const _ of bytes) break;
    }
    assert.deepEqual(names, ['a.log', 'b.log']);
  });

  test('in an archive inside an archive is opened, one level deep', async () => {
    const inner = zipSync({ 'b.log': other });
    assert.deepEqual(await opened(zipSync({ 'x.zip': inner, 'c.log.gz': gzipSync(other) })), [
      ['sent › x.zip › b.log', other],
      ['sent › c.log.gz › c.log', other],
    ]);
    await refused(zipSync({ 'y.zip': zipSync({ 'x.zip': inner }) }), 'intake.archive-nested');
  });

  test('that is no text in an archive is left out and named', async () => {
    const skipped: string[] = [];
    const zip = zipSync({
      'trace.etl': new Uint8Array(5000),
      'b.log': other,
      'x.7z': Buffer.from('377abcaf271c', 'hex'),
    });
    const found = await opened(zip, {
      onSkipped: ({ name, error }) => skipped.push(`${name} ${error.code}`),
    });
    assert.deepEqual(found, [['sent › b.log', other]]);
    assert.deepEqual(skipped, ['sent › trace.etl intake.not-text', 'sent › x.7z intake.archive-kind']);
  });
});

describe('a file is refused', () => {
  test('that is no text', () => refused(new Uint8Array(5000), 'intake.not-text'));
  test('that is an event log', () =>
    refused(Buffer.from('ElfFile\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'), 'intake.not-text'));
  for (const [name, hex] of [
    ['7-Zip', '377abcaf271c0004'],
    ['RAR', '526172211a0701'],
    ['xz', 'fd377a585a0000'],
    ['bzip2', '425a6839314159'],
    ['Zstandard', '28b52ffd04'],
  ] as const) {
    test(`that is packed with ${name}`, () => refused(Buffer.from(hex, 'hex'), 'intake.archive-kind'));
  }
  test('that is a cabinet in LZX', () =>
    refused(cabOf([{ name: 'a', bytes: log }], 3), 'intake.archive-kind'));
  test('that is one cabinet of several', () =>
    refused(cabOf([{ name: 'a', bytes: other }], 1, 2), 'intake.archive-kind'));
  test('that is a zip with a password', () => {
    const zip = Buffer.from(zipSync({ 'a.log': other }));
    zip.writeUInt16LE(zip.readUInt16LE(6) | 1, 6);
    return refused(zip, 'intake.archive-locked');
  });
  test('that is a zip with a method nobody else uses', () => {
    const zip = Buffer.from(zipSync({ 'a.log': other }));
    zip.writeUInt16LE(14, 8);
    return refused(zip, 'intake.archive-kind');
  });
  test('that is a stored zip without sizes', () =>
    refused(streamedZip({ 'a.log': other }, ZipPassThrough), 'intake.archive-kind'));
  test('that holds too many files', () => {
    const files = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`${index}.log`, other]));
    return refused(zipSync(files), 'intake.archive-crowded', { limits: { entries: 3 } });
  });
  test('that unpacks to too much', () =>
    refused(gzipSync(log), 'intake.archive-swells', { limits: { bytes: 200_000 } }));
  for (const [name, pack] of [
    ['gzip', (bytes: Uint8Array) => gzipSync(bytes)],
    ['zip', (bytes: Uint8Array) => zipSync({ 'a.log': bytes })],
    ['cab', (bytes: Uint8Array) => cabOf([{ name: 'a.log', bytes }], 1)],
    ['zip in zip', (bytes: Uint8Array) => zipSync({ 'b.zip': zipSync({ 'a.log': bytes }) })],
  ] as const) {
    const packed = pack(Buffer.alloc(64 * 1024 * 1024, 'a'));
    test(`that is a bomb in ${name}`, () => refused(packed, 'intake.archive-swells', { step: 100_000 }));
    test(`that is a bomb in ${name}, also when nobody reads it`, async () => {
      const unread = async () => {
        for await (const _ of openLogs(inChunks(packed), { name: 'sent' }));
      };
      if (name !== 'gzip') await assert.rejects(unread, { code: 'intake.archive-swells' });
    });
  }
  for (const [name, bytes] of [
    ['gzip', gzipSync(log)],
    ['zip', Buffer.from(zipSync({ 'a.log': log }))],
    ['cab', cabOf([{ name: 'a.log', bytes: log }], 1)],
  ] as const) {
    test(`that is a ${name} cut off anywhere`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 8, max: bytes.length - 200 }), (end) =>
          refused(bytes.subarray(0, end), 'intake.archive-broken'),
        ),
        { numRuns: 30 },
      );
    });
  }
  test('that is a zip whose checksum does not fit', () => {
    const zip = Buffer.from(zipSync({ 'a.log': other }, { level: 0 }));
    zip[zip.indexOf('another')] = 0x41;
    return refused(zip, 'intake.archive-broken');
  });
});

test('whatever the bytes are, they are opened or refused with a code', async () => {
  const seeds = [
    gzipSync(log.subarray(0, 3000)),
    zipSync({ 'a.log': log.subarray(0, 3000), 'b.log': other }),
    streamedZip({ 'a.log': log.subarray(0, 3000), 'b.log': other }, ZipDeflate),
    cabOf([{ name: 'a.log', bytes: log.subarray(0, 40_000) }], 1),
    cabOf([{ name: 'a.log', bytes: log.subarray(0, 3000) }], 0),
    strToU8('MSCF'),
    strToU8('PK\u0003\u0004'),
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }),
      fc.nat(),
    )
    .map(([seed, edits, cut]) => {
      const bytes = Buffer.from(seed.subarray(0, cut % 3 === 0 ? cut % (seed.length + 1) : seed.length));
      // Most of what decides stands near the beginning.
      for (const [at, value] of edits) if (bytes.length > 0) bytes[at % Math.min(bytes.length, 120)] = value;
      return bytes;
    });
  const random = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, random), async (bytes) => {
      try {
        await opened(bytes);
      } catch (error) {
        if (!(error instanceof IntakeError)) throw error;
      }
    }),
    { numRuns: 250 },
  );
});
