import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../../remote/protocol-error.ts';
import { readApRep } from '../../../../remote/winrm/kerberos/ap-rep.ts';
import {
  DerReader,
  derTags,
  encodeDer,
  encodeField,
  encodeInteger,
  encodeOctets,
  encodeSequence,
} from '../../../../remote/winrm/kerberos/der.ts';
import { decodeKerberosToken } from '../../../../remote/winrm/kerberos/gss-frame.ts';
import { decodeKerberosTime, encodeKerberosTime } from '../../../../remote/winrm/kerberos/kerberos-time.ts';
import { readKrbError } from '../../../../remote/winrm/kerberos/krb-error.ts';
import { startExchange } from '../../../../remote/winrm/kerberos/mutual-exchange.ts';
import { decodeNegTokenResp, encodeNegTokenResp } from '../../../../remote/winrm/kerberos/spnego.ts';
import { errorToken, replyTo, ticket } from './fake-service.ts';
import { keys } from './vectors.ts';

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

const exchange = startExchange({
  ticket,
  now: () => 0,
  randomBytes: (size) => Buffer.alloc(size),
  channelBindings: undefined,
});
const spnego = encodeNegTokenResp({
  state: 0,
  token: replyTo(exchange.token),
  mechListMic: Buffer.alloc(28),
});
const apRep = decodeKerberosToken(replyTo(exchange.token)).message;
const krbError = decodeKerberosToken(errorToken(37)).message;
const asked = { sessionKey: keys[18], time: '19700101000000Z', microseconds: 0 };

const targets: readonly (readonly [string, Buffer, (bytes: Buffer) => unknown])[] = [
  ['a SPNEGO answer', spnego, decodeNegTokenResp],
  ['a token', exchange.token, decodeKerberosToken],
  ['an AP-REP', apRep, (bytes) => readApRep(bytes, asked)],
  ['a KRB-ERROR', krbError, readKrbError],
];

for (const [title, sample, read] of targets) {
  test(`${title}: whatever bytes come, they are read or refused`, () => {
    read(sample);
    const tryOn = (bytes: Buffer) => {
      try {
        read(bytes);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => tryOn(Buffer.from(bytes))));
    const changes = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, fc.nat(sample.length), (changed, cut) => {
        const bytes = Buffer.from(sample);
        for (const [at, byte] of changed) bytes[at] = byte;
        tryOn(bytes);
        tryOn(bytes.subarray(0, cut));
      }),
      { numRuns: 500 },
    );
  });
}

test('nested a thousand deep, nothing is read beyond the first level', () => {
  let deep = encodeDer(derTags.sequence);
  for (let level = 0; level < 1000; level += 1) deep = encodeDer(derTags.sequence, deep);
  assert.throws(() => reader.fields(deep), refused);
});
