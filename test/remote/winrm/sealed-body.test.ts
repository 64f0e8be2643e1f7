import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import { SecurityContext } from '../../../remote/winrm/ntlm/security-context.ts';
import {
  decodeSealedBody,
  isSealedContentType,
  openBody,
  sealBody,
} from '../../../remote/winrm/sealed-body.ts';

const key = Buffer.alloc(16, 7);
const client = () => new SecurityContext(key, 'client');
const server = () => new SecurityContext(key, 'server');
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

test('any message is opened as it was sealed', () => {
  fc.assert(
    fc.property(anyBytes, (plain) =>
      assert.deepEqual(openBody(server(), sealBody(client(), plain).body), plain),
    ),
  );
});

test('sealed bytes that look like the boundary do not end the message', () => {
  const bytes = Buffer.from('--Encrypted Boundary--\r\n--Encrypted Boundary--\r\n');
  const asIs = {
    wrap: (plain: Buffer) => ({ signature: Buffer.alloc(16), sealed: plain }),
    unwrap: (m: { sealed: Buffer }) => m.sealed,
  };
  assert.deepEqual(openBody(asIs, sealBody(asIs, bytes).body), bytes);
});

test('the header is the one that Windows and others read, without TABs', () => {
  const { body, contentType } = sealBody(client(), Buffer.from('<a/>'));
  assert.equal(
    contentType,
    'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"',
  );
  assert.equal(
    body.toString('latin1', 0, body.indexOf('octet-stream') + 14),
    '--Encrypted Boundary\r\nContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n' +
      'OriginalContent: type=application/soap+xml;charset=UTF-8;Length=4\r\n' +
      '--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n',
  );
  assert.ok(isSealedContentType(contentType));
});

test('header lines that begin with a TAB are read', () => {
  const { body } = sealBody(client(), Buffer.from('<a/>'));
  const text = body
    .toString('latin1')
    .replaceAll('\r\nContent-Type', '\r\n\tContent-Type')
    .replace('\r\nOriginal', '\r\n\tOriginal');
  assert.deepEqual(openBody(server(), Buffer.from(text, 'latin1')), Buffer.from('<a/>'));
});

test('a space after the hyphens of a boundary is read', () => {
  const { body } = sealBody(client(), Buffer.from('<a/>'));
  const text = body.toString('latin1').replaceAll('--Encrypted', '-- Encrypted');
  assert.deepEqual(openBody(server(), Buffer.from(text, 'latin1')), Buffer.from('<a/>'));
});

for (const [what, change] of [
  ['is larger than the message', (text: string) => text.replace('Length=4', 'Length=5')],
  ['is smaller than the message', (text: string) => text.replace('Length=4', 'Length=3')],
  ['is no number', (text: string) => text.replace('Length=4', 'Length=x')],
] as const) {
  test(`a Length that ${what} is refused`, () => {
    const text = change(sealBody(client(), Buffer.from('<a/>')).body.toString('latin1'));
    assert.throws(() => decodeSealedBody(Buffer.from(text, 'latin1')), { code: 'protocol.malformed' });
  });
}

test('a body cut off anywhere is refused', () => {
  const { body } = sealBody(client(), Buffer.from('<envelope/>'));
  for (let length = 0; length < body.length - 2; length++) {
    assert.throws(() => openBody(server(), body.subarray(0, length)), ProtocolError, `cut at ${length}`);
  }
});

test('no bytes make it fail with anything but a coded error', () => {
  const { body } = sealBody(client(), Buffer.from('<envelope/>'));
  fc.assert(
    fc.property(anyBytes, fc.nat(body.length), fc.nat(40), (bytes, at, cut) => {
      const input = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + cut)]);
      try {
        openBody(server(), input);
      } catch (error) {
        assert.ok(error instanceof ProtocolError);
      }
    }),
  );
});

test('other content types are not taken for sealed', () => {
  for (const type of [
    undefined,
    'text/html',
    'application/soap+xml;charset=UTF-8',
    'multipart/encrypted;protocol="application/HTTP-Kerberos-session-encrypted"',
  ]) {
    assert.equal(isSealedContentType(type), false);
  }
});
