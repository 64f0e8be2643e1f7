import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { channelBindings } from '../../../../remote/winrm/tls/channel-bindings.ts';
import { signatureHash } from '../../../../remote/winrm/tls/signature-hash.ts';

/** One key for all: a new one takes longer than everything else here. */
const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-key-'));
const keyFile = join(folder, 'rsa.pem');
writeFileSync(keyFile, rsaKey());
after(() => rmSync(folder, { recursive: true }));
const rsa = ['-key', keyFile];
const pss = ['-sigopt', 'rsa_padding_mode:pss'];
const certificates: readonly (readonly [string, readonly string[], string, string])[] = [
  ['RSA with MD5', [...rsa, '-md5'], 'md5', 'sha256'],
  ['RSA with SHA-1', [...rsa, '-sha1'], 'sha1', 'sha256'],
  ['RSA with SHA-256', [...rsa, '-sha256'], 'sha256', 'sha256'],
  ['RSA with SHA-384', [...rsa, '-sha384'], 'sha384', 'sha384'],
  ['RSA with SHA-512', [...rsa, '-sha512'], 'sha512', 'sha512'],
  ['RSASSA-PSS with SHA-1', [...rsa, '-sha1', ...pss], 'sha1', 'sha256'],
  ['RSASSA-PSS with SHA-384', [...rsa, '-sha384', ...pss], 'sha384', 'sha384'],
  [
    'ECDSA with SHA-512',
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', '/dev/null', '-sha512'],
    'sha512',
    'sha512',
  ],
];

describe('channel bindings of a certificate', () => {
  for (const [what, options, signed, hash] of certificates) {
    test(`signed by ${what} use ${hash}`, () => {
      const raw = certificateBy(options);
      assert.equal(signatureHash(raw), signed);
      // RFC 5929 4.1 and RFC 4121 4.1.1.2 in the numbers of this hash.
      const digest = createHash(hash).update(raw).digest();
      const data = `${'00'.repeat(16)}${(21 + digest.length).toString(16)}000000`;
      const text = Buffer.from('tls-server-end-point:').toString('hex');
      const expected = createHash('md5')
        .update(Buffer.from(data + text, 'hex'))
        .update(digest)
        .digest('hex');
      assert.equal(channelBindings(raw)?.toString('hex'), expected);
    });
  }

  test('are not defined for one signed by Ed25519, which names no hash', () => {
    const raw = certificateBy(['-newkey', 'ed25519', '-keyout', '/dev/null']);
    assert.equal(channelBindings(raw), undefined);
  });

  test('are not defined for bytes that are no certificate, and reading those ends', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void signatureHash(bytes)));
    const raw = certificateBy([...rsa, '-sha256']);
    for (let length = 0; length < raw.length; length += 7)
      assert.equal(channelBindings(raw.subarray(0, length)), undefined, `${length} bytes`);
  });
});

function rsaKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** A certificate in DER by openssl itself. @param options of `openssl req`: the key, the digest of the signature */
function certificateBy(options: readonly string[]): Buffer {
  const args = ['req', '-x509', '-nodes', '-subj', '/CN=localhost', '-days', '2', '-outform', 'DER'];
  return execFileSync('openssl', [...args, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
}
