import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../../remote/protocol-error.ts';
import { decodeCredentialCache, findCredential } from '../../../../remote/winrm/kerberos/credential-cache.ts';
import { serviceTicketOf } from '../../../../remote/winrm/kerberos/service-ticket.ts';

const u16 = (value: number) => Buffer.of((value >> 8) & 0xff, value & 0xff);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const data = (value: Buffer | string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u32(bytes.length), bytes]);
};
const principal = (realm: string, ...components: readonly string[]) =>
  Buffer.concat([u32(1), u32(components.length), data(realm), ...components.map(data)]);

interface Written {
  readonly server: Buffer;
  readonly enctype?: number;
  readonly start?: number;
  readonly end?: number;
  readonly ticket?: string;
}

/** A record as MIT writes it. */
const credential = ({ server, enctype = 18, start = 1000, end = 2000, ticket = 'a ticket' }: Written) =>
  Buffer.concat([
    principal('EXAMPLE.ORG', 'bot'),
    server,
    u16(enctype),
    data(Buffer.alloc(enctype === 17 ? 16 : 32, 1)),
    ...[u32(900), u32(start), u32(end), u32(3000), Buffer.of(0), u32(0x00890000)],
    ...[u32(1), u16(2), data('an address'), u32(1), u16(1), data('authorization')],
    ...[data(ticket), data('')],
  ]);
const offset = (seconds: number, microseconds: number) =>
  Buffer.concat([u16(1), u16(8), u32(seconds), u32(microseconds)]);
const cache = (header: Buffer, ...credentials: readonly Buffer[]) =>
  Buffer.concat([u16(0x0504), u16(header.length), header, principal('EXAMPLE.ORG', 'bot'), ...credentials]);

const server = principal('EXAMPLE.ORG', 'HTTP', 'wsus01.example.org');
const granting = principal('EXAMPLE.ORG', 'krbtgt', 'EXAMPLE.ORG');
const settings = principal('X-CACHECONF:', 'krb5_ccache_conf_data', 'fast_avail');
const whole = cache(
  offset(-3600, 500_000),
  credential({ server: granting }),
  credential({ server: settings }),
  credential({ server, ticket: 'older' }),
  credential({ server, ticket: 'newer', end: 5000 }),
);

test('the credential that lasts longest is found, by service and host, whatever the case', () => {
  const read = decodeCredentialCache(whole);
  assert.equal(findCredential(read, 'http', 'WSUS01.example.ORG')?.ticket.toString(), 'newer');
  assert.equal(findCredential(read, 'HTTP', 'wsus02.example.org'), undefined);
});

test('the realm of a server may be missing', () => {
  const read = decodeCredentialCache(
    cache(Buffer.alloc(0), credential({ server: principal('', 'HTTP', 'wsus01.example.org') })),
  );
  assert.ok(findCredential(read, 'HTTP', 'wsus01.example.org'));
});

test('settings are no credentials', () => {
  assert.equal(decodeCredentialCache(whole).credentials.length, 3);
});

test('times are by the clock of this machine, and a start that is missing is that of the sign-in', () => {
  const read = decodeCredentialCache(whole);
  assert.equal(read.clockOffset, -3_599_500);
  const found = findCredential(read, 'HTTP', 'wsus01.example.org');
  assert.ok(found);
  const ticket = serviceTicketOf(found, read);
  assert.deepEqual([ticket.startTime, ticket.endTime], [1_000_000 + 3_599_500, 5_000_000 + 3_599_500]);
  const [early] = decodeCredentialCache(cache(Buffer.alloc(0), credential({ server, start: 0 }))).credentials;
  assert.equal(early?.startTime, 900);
});

test('an RC4 session key is not used', () => {
  const read = decodeCredentialCache(cache(Buffer.alloc(0), credential({ server, enctype: 23 })));
  const [first] = read.credentials;
  assert.ok(first);
  assert.throws(() => serviceTicketOf(first, read), { code: 'protocol.unsupported' });
});

for (const version of [0x0501, 0x0502, 0x0503, 0x0505, 0x0400]) {
  test(`a cache of version ${version.toString(16)} is refused`, () => {
    assert.throws(() => decodeCredentialCache(Buffer.concat([u16(version), whole.subarray(2)])), {
      code: 'protocol.unsupported',
    });
  });
}

test('a cache that is cut off anywhere is refused, but for whole records that are missing', () => {
  let complete = 0;
  for (let size = 0; size < whole.length; size += 1) {
    try {
      decodeCredentialCache(whole.subarray(0, size));
      complete += 1;
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
    }
  }
  assert.equal(complete, 4);
});

test('whatever bytes come, they are read or refused', () => {
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(changes, (changed) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changed) bytes[at] = byte;
      try {
        decodeCredentialCache(bytes);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a count that the file cannot hold is refused', () => {
  const count = Buffer.concat([
    u16(0x0504),
    u16(0),
    u32(1),
    u32(0xffffffff),
    data('EXAMPLE.ORG'),
    data('bot'),
  ]);
  assert.throws(() => decodeCredentialCache(count), { code: 'protocol.malformed' });
});
