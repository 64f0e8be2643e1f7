import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  DerReader,
  derTags,
  encodeDer,
  encodeField,
  encodeInteger,
  encodeOctets,
  encodeSequence,
} from '../../../remote/winrm/der.ts';
import { decodeKerberosTime, encodeKerberosTime } from '../../../remote/winrm/kerberos/kerberos-time.ts';

const reader = new DerReader('testing');
const refused = { name: 'ProtocolError' };

test('whole numbers come back as they were, at every size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 46 }), (value) => {
      assert.equal(reader.integer(encodeInteger(value)), value);
    }),
  );
  for (const value of [0, 127, 128, 255, 256, 32767, 32768, 0x8003, 0xffffffff]) {
    assert.equal(reader.integer(encodeInteger(value)), value);
  }
});

test('a number with its highest bit set has a zero in front', () => {
  assert.equal(encodeInteger(0x8003).toString('hex'), '0203008003');
});

test('contents come back as they were, at every length of the length', () => {
  for (const size of [0, 1, 127, 128, 255, 256, 65535, 65536]) {
    const bytes = Buffer.alloc(size, 0xa5);
    assert.deepEqual(reader.octets(encodeOctets(bytes)), bytes);
  }
});

test('fields are found by their number', () => {
  const fields = reader.fields(
    encodeSequence(encodeField(1, encodeInteger(5)), encodeField(3, encodeInteger(6))),
  );
  assert.deepEqual([...fields.keys()], [1, 3]);
  assert.equal(reader.integer(reader.field(fields, 3)), 6);
  assert.throws(() => reader.field(fields, 2), refused);
});

for (const [title, hex] of [
  ['nothing', ''],
  ['a tag alone', '04'],
  ['an indefinite length', `0480${'00'.repeat(128)}`],
  ['a length of five bytes', '04850000000001ff'],
  ['a length that is cut off', '0482ff'],
  ['contents that are cut off', '0402ff'],
  ['something after it', '0401ff0500'],
  ['another tag', '0501ff'],
  ['a tag of several bytes', '1f8101ff'],
] as const) {
  test(`${title} is not read as an OCTET STRING`, () => {
    assert.throws(() => reader.octets(Buffer.from(hex, 'hex')), refused);
  });
}

test('the same field twice is refused', () => {
  const field = encodeField(1, encodeInteger(5));
  assert.throws(() => reader.fields(encodeSequence(field, field)), refused);
});

test('a length in more bytes than it needs is read', () => {
  assert.deepEqual(reader.octets(Buffer.from('04820001ff', 'hex')), Buffer.of(0xff));
});

test('times come back to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      assert.equal(decodeKerberosTime(encodeKerberosTime(seconds * 1000)), seconds * 1000);
    }),
  );
});

test('nested a thousand deep, nothing is read beyond the first level', () => {
  let deep = encodeDer(derTags.sequence);
  for (let level = 0; level < 1000; level += 1) deep = encodeDer(derTags.sequence, deep);
  assert.throws(() => reader.fields(deep), refused);
});
