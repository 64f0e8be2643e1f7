import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { missingForServe } from '../../bot/missing-for-serve.ts';
import { winrmTarget } from '../../bot/server-target.ts';
import { rsaCertificate } from '../kit/rsa-certificate.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { folderWith } from './config-folder.ts';

const authority = selfSignedCertificate(['wsus01']);
const client = rsaCertificate(2);
const sha256 = new X509Certificate(authority.cert).fingerprint256;
const account = 'account: {domain: CONTOSO, user: svc}';
const clientKeys = 'clientCertificate: {certificate: own.pem, key: own.key}';

function load(t: TestContext, yaml: string, options: Parameters<typeof loadConfig>[2] = {}) {
  const folder = folderWith(t, {
    'wsus-bot.yaml': yaml,
    'ca.pem': authority.cert,
    'own.pem': client.cert,
    'own.key': client.key,
    'other.key': authority.key,
    'open.key': client.key,
    'text.pem': 'no certificate',
  });
  for (const name of ['own.key', 'other.key']) chmodSync(join(folder, name), 0o600);
  chmodSync(join(folder, 'open.key'), 0o644);
  return loadConfig(join(folder, 'wsus-bot.yaml'), { WSUS_BOT_PASSWORD: 'p' }, options);
}

/** The one server of a configuration. */
function serverOf(t: TestContext, server: string, general = account) {
  const [only] = load(t, `${general}\nservers:\n  - {name: wsus01, ${server}}\n`).servers;
  return only ?? assert.fail('no server');
}

test('a server is reached over HTTP on 5985 with NTLM unless told otherwise', (t) => {
  const { port, auth, tls } = serverOf(t, 'host: wsus01');
  assert.deepEqual([port, auth, tls], [5985, 'ntlm', undefined]);
});

test('tls: true is HTTPS on 5986, trusting whom this machine trusts; a port that is written stays', (t) => {
  const trust = { kind: 'authorities', pem: undefined };
  assert.deepEqual(winrmTarget(serverOf(t, 'tls: true')).tls, { trust });
  assert.deepEqual([serverOf(t, 'tls: true').port, serverOf(t, 'tls: true, port: 5985').port], [5986, 5985]);
});

test('a ca is read from its file, and stands for a server that has none and no pin', (t) => {
  const general = `${account}\ntls: true\nca: ca.pem`;
  const pem = authority.cert.trim();
  assert.deepEqual(serverOf(t, 'host: a', general).tls?.trust, { kind: 'authorities', pem });
  const pin = { kind: 'pin', sha256: sha256.replaceAll(':', '').toLowerCase() };
  assert.deepEqual(serverOf(t, `pin: "${sha256}"`, general).tls?.trust, pin);
  assert.deepEqual(serverOf(t, `pin: ${sha256.replaceAll(':', '')}`, general).tls?.trust, pin);
});

test('a server may be without TLS where it is general', (t) => {
  const { port, tls } = serverOf(t, 'tls: false', `${account}\ntls: true\nca: ca.pem`);
  assert.deepEqual([port, tls], [5985, undefined]);
});

test('a client certificate signs in as whom it names and needs no password', (t) => {
  const config = load(t, `tls: true\nauth: certificate\n${clientKeys}\nservers: [{name: wsus01}]\n`);
  const [server] = config.servers;
  assert.ok(server !== undefined);
  assert.deepEqual(server.account, { domain: '', user: 'CN=wsus-bot', password: undefined });
  assert.deepEqual(
    missingForServe(config).filter((text) => text.includes('password for')),
    [],
  );
  const { certificate, key } = winrmTarget(server).tls?.clientCertificate ?? assert.fail('no certificate');
  assert.deepEqual([certificate, key], [client.cert.trim(), client.key]);
  assert.ok(!inspect(config, { depth: 20, showHidden: true }).includes(client.key.slice(40, 90)));
});

test('Basic is for an account of the server itself, over TLS', (t) => {
  const target = winrmTarget(serverOf(t, 'tls: true, auth: basic', 'account: {user: svc}'));
  assert.deepEqual([target.auth, target.account], ['basic', { domain: '', user: 'svc', password: 'p' }]);
});

test('without the secrets no file is read, and nobody is trusted', (t) => {
  const yaml = `${account}\nservers: [{name: wsus01, tls: true, ca: nowhere.pem}]\n`;
  const [server] = load(t, yaml, { secrets: 'ignore' }).servers;
  assert.deepEqual(server?.tls?.trust, { kind: 'authorities', pem: '' });
});

const refusals: readonly (readonly [what: string, server: string, problem: RegExp])[] = [
  [
    'Basic without TLS',
    'auth: basic',
    /auth: basic sends the password itself, readable in HTTP; it needs tls: true$/,
  ],
  [
    'a certificate without TLS',
    `auth: certificate, ${clientKeys}`,
    /auth: certificate is a part of TLS; it needs tls: true$/,
  ],
  ['a ca without TLS', 'ca: ca.pem', /ca has no use without tls: true$/],
  ['a pin without TLS', `pin: "${sha256}"`, /pin has no use without tls: true$/],
  [
    'ca and pin',
    `tls: true, ca: ca.pem, pin: "${sha256}"`,
    /ca and pin are both here; one of them is expected$/,
  ],
  [
    'a pin of SHA-1',
    'tls: true, pin: "0123456789abcdef0123456789abcdef01234567"',
    /SHA-256 of a certificate, 64 hexadecimal digits/,
  ],
  [
    'a certificate that is not there',
    'tls: true, auth: certificate',
    /auth: certificate needs clientCertificate$/,
  ],
  [
    'a certificate that is not used',
    `tls: true, ${clientKeys}`,
    /clientCertificate has no use without auth: certificate$/,
  ],
  [
    'Basic for an account of the domain',
    'tls: true, auth: basic',
    /auth: basic is for an account of wsus01 itself; leave the domain of its account empty$/,
  ],
  [
    'a ca file that is not there',
    'tls: true, ca: nowhere.pem',
    /the file "nowhere.pem" cannot be read: there is no such file$/,
  ],
  [
    'a ca file without certificates',
    'tls: true, ca: text.pem',
    /the file "text.pem" holds no certificates in PEM$/,
  ],
  [
    'a key that others may read',
    'tls: true, auth: certificate, clientCertificate: {certificate: own.pem, key: open.key}',
    /"open.key" may be read by others than its owner/,
  ],
  [
    'a key of another certificate',
    'tls: true, auth: certificate, clientCertificate: {certificate: own.pem, key: other.key}',
    /"other.key" is not the key of the certificate in the file "own.pem"$/,
  ],
  [
    'a file that holds no key',
    'tls: true, auth: certificate, clientCertificate: {certificate: own.pem, key: own.pem}',
    /"own.pem" (?:holds no private key|may be read by others)/,
  ],
  ['a way that is none', 'auth: digest', /expected: auto, kerberos, ntlm, basic or certificate/],
];

describe('refused, with the reason and the line, is', () => {
  for (const [what, server, problem] of refusals) {
    test(what, (t) => {
      assert.throws(
        () => serverOf(t, server),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError);
          const [first, ...more] = error.problems;
          assert.match(first?.text ?? '', problem);
          assert.deepEqual([first?.line, more], [3, []]);
          return true;
        },
      );
    });
  }
});
