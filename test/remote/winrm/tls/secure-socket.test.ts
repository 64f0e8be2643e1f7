import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { SecureVersion, TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TlsSettings } from '../../../../remote/winrm/tls/tls-settings.ts';
import { selfSignedCertificate } from '../../../kit/self-signed-certificate.ts';
import { failureOf, listening } from './tls-peer.ts';

const good = selfSignedCertificate(['localhost']);
const trusting = (pem: string | undefined): TlsSettings => ({ trust: { kind: 'authorities', pem } });
const sha256Of = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
const pinned = (pem: string): TlsSettings => ({ trust: { kind: 'pin', sha256: sha256Of(pem) } });

/** Answers 418 to whom it lets in: nothing else in these tests does. */
async function teapot(t: TestContext, { key, cert } = good, options: TlsOptions = {}) {
  let requests = 0;
  const server = createHttpsServer({ key, cert, ...options }, (_request, response) => {
    requests += 1;
    response.writeHead(418).end();
  });
  t.after(() => server.closeAllConnections());
  return { port: await listening(t, server), requests: () => requests };
}

describe('a certificate is believed', () => {
  const ways: readonly (readonly [string, TlsSettings])[] = [
    ['by its authority', trusting(good.cert)],
    ['by a pin', pinned(good.cert)],
  ];
  for (const [how, tls] of ways) {
    for (const version of ['TLSv1.2', 'TLSv1.3'] satisfies SecureVersion[]) {
      test(`${how}, over ${version}`, async (t) => {
        const { port } = await teapot(t, good, { minVersion: version, maxVersion: version });
        const error = await failureOf(t, { port, tls });
        assert.deepEqual([error.code, error.detail], ['remote.not-winrm', 'HTTP 418']);
      });
    }
  }

  test('by a pin whatever its name is', async (t) => {
    const other = selfSignedCertificate(['another.example']);
    const { port } = await teapot(t, other);
    assert.equal((await failureOf(t, { port, tls: pinned(other.cert) })).detail, 'HTTP 418');
  });
});

const noon = (text: string) => () => Date.parse(text);
const past = selfSignedCertificate(['localhost'], { from: '200101000000Z', until: '210101000000Z' });
const future = selfSignedCertificate(['localhost'], { from: '480101000000Z', until: '490101000000Z' });
const elsewhere = selfSignedCertificate(['another.example']);

const refusals: readonly (readonly [
  string,
  {
    readonly cert: typeof good;
    readonly tls: TlsSettings;
    readonly now?: () => number;
    readonly host?: string;
  },
  string,
  RegExp,
])[] = [
  [
    'nobody vouches for it',
    { cert: good, tls: trusting(undefined) },
    'remote.certificate-untrusted',
    /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
  ],
  [
    'another authority is named',
    { cert: good, tls: trusting(elsewhere.cert) },
    'remote.certificate-untrusted',
    /^DEPTH_ZERO/,
  ],
  ['it has run out', { cert: past, tls: trusting(past.cert) }, 'remote.certificate-expired', /^expired$/],
  [
    'it is not valid yet',
    { cert: future, tls: trusting(future.cert) },
    'remote.certificate-expired',
    /^not valid yet$/,
  ],
  [
    'it is for another name',
    { cert: elsewhere, tls: trusting(elsewhere.cert) },
    'remote.certificate-name',
    /others/,
  ],
  [
    'it is for a name and an address is asked',
    { cert: good, tls: trusting(good.cert), host: '127.0.0.1' },
    'remote.certificate-name',
    /others/,
  ],
  [
    'another one is pinned',
    { cert: good, tls: pinned(elsewhere.cert) },
    'remote.certificate-untrusted',
    new RegExp(`^its SHA-256 is ${sha256Of(good.cert)}, `),
  ],
  [
    'it is pinned and has run out',
    { cert: good, tls: pinned(good.cert), now: noon('2050-06-01') },
    'remote.certificate-expired',
    /^expired$/,
  ],
  [
    'it is pinned and not valid yet',
    { cert: good, tls: pinned(good.cert), now: noon('2019-06-01') },
    'remote.certificate-expired',
    /^not valid yet$/,
  ],
];

describe('a certificate is refused, and no request is sent, when', () => {
  for (const [what, { cert, tls, now, host }, code, detail] of refusals) {
    test(what, async (t) => {
      const { port, requests } = await teapot(t, cert);
      const error = await failureOf(t, { port, tls, ...(now && { now }), ...(host && { host }) });
      assert.deepEqual([error.code, error.outcome, requests()], [code, 'not-sent', 0]);
      assert.match(error.detail ?? '', detail);
      if (code === 'remote.certificate-name')
        assert.equal(error.serverText, `DNS:${cert === good ? 'localhost' : 'another.example'}`);
    });
  }

  test('the environment asks for no checks (NODE_TLS_REJECT_UNAUTHORIZED=0)', async (t) => {
    const { port, requests } = await teapot(t);
    const script = fileURLToPath(new URL('unchecked-environment.ts', import.meta.url));
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(port)], { env });
    assert.deepEqual([stdout, requests()], ['remote.certificate-untrusted', 0]);
  });
});

describe('a port that speaks something else is told from one that does not answer:', () => {
  test('TLS 1.1 is no version in common', async (t) => {
    const { port } = await teapot(t, good, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const error = await failureOf(t, { port, tls: trusting(good.cert) });
    assert.deepEqual([error.code, error.detail], ['remote.tls-failed', 'no TLS version in common']);
  });

  test('a cipher that is not offered', async (t) => {
    const { port } = await teapot(t, good, {
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-CAMELLIA256-SHA384',
    });
    const error = await failureOf(t, { port, tls: trusting(good.cert) });
    assert.deepEqual([error.code, error.detail], ['remote.tls-failed', 'no cipher in common']);
  });

  test('HTTP where TLS was expected', async (t) => {
    const server = createHttpServer((_request, response) => response.end());
    const error = await failureOf(t, { port: await listening(t, server), tls: trusting(good.cert) });
    assert.deepEqual([error.code, error.outcome], ['remote.wrong-scheme', 'not-sent']);
    assert.equal(error.detail, 'a port that was to speak TLS does not');
  });

  test('TLS where HTTP was expected', async (t) => {
    // As HTTP.SYS and others say it to a record that is none: alert, fatal, protocol_version (RFC 8446 6).
    const alert = createServer((socket) =>
      socket.on('error', () => {}).once('data', () => socket.end(Buffer.from('15030300020246', 'hex'))),
    );
    const error = await failureOf(t, { port: await listening(t, alert) });
    assert.equal(error.code, 'remote.wrong-scheme');
    assert.equal(error.detail, 'TLS answered on a port that was to speak HTTP');
  });

  test('a port that closes on a TLS greeting', async (t) => {
    const closing = createServer((socket) =>
      socket.on('error', () => {}).once('data', () => socket.destroy()),
    );
    const error = await failureOf(t, { port: await listening(t, closing), tls: trusting(good.cert) });
    assert.deepEqual(
      [error.code, error.outcome, error.detail],
      ['remote.tls-failed', 'not-sent', 'ECONNRESET'],
    );
  });
});
