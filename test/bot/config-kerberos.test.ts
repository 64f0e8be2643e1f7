import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { missingForServe } from '../../bot/missing-for-serve.ts';
import { needsPassword, serverTarget, winrmTarget } from '../../bot/server-target.ts';
import { folderWith } from './config-folder.ts';

const account = 'account: {keytab: bot.keytab, principal: svc-wsus-bot@CONTOSO.EXAMPLE}';

function load(t: TestContext, yaml: string, env = {}) {
  const folder = folderWith(t, { 'wsus-bot.yaml': yaml });
  return { folder, config: loadConfig(join(folder, 'wsus-bot.yaml'), env) };
}

function serverOf(t: TestContext, server: string, general = account, env = {}) {
  const { folder, config } = load(t, `${general}\nservers:\n  - {name: wsus01, ${server}}\n`, env);
  return { folder, server: config.servers[0] ?? assert.fail('no server') };
}

function problems(t: TestContext, server: string, general = account): readonly string[] {
  try {
    serverOf(t, server, general);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(({ text }) => text);
  }
  return assert.fail('it was taken');
}

test('auto is Kerberos where the account has a keytab: as HTTP, without NTLM, without a password', (t) => {
  const { folder, server } = serverOf(t, 'host: wsus01.contoso.example');
  const { auth, kerberos, account: who } = server;
  assert.deepEqual([auth, who.user, who.password], ['kerberos', 'svc-wsus-bot@CONTOSO.EXAMPLE', undefined]);
  assert.deepEqual(kerberos, {
    keytab: join(folder, 'bot.keytab'),
    principal: 'svc-wsus-bot@CONTOSO.EXAMPLE',
    service: 'HTTP',
    mayFallBackToNtlm: false,
  });
  assert.equal(needsPassword(server), false);
  assert.deepEqual(winrmTarget(server).kerberos, kerberos);
});

test('auto is NTLM where it has none', (t) => {
  const { server } = serverOf(t, 'host: a', 'account: {domain: CONTOSO, user: svc}');
  assert.deepEqual([server.auth, server.kerberos], ['ntlm', undefined]);
});

test('spn and fallback are those of the server, else the general ones', (t) => {
  const general = `${account}\nspn: WSMAN\nfallback: ntlm`;
  const { kerberos } = serverOf(t, 'host: a', general).server;
  assert.deepEqual([kerberos?.service, kerberos?.mayFallBackToNtlm], ['WSMAN', true]);
  assert.equal(serverOf(t, 'spn: HOST', general).server.kerberos?.service, 'HOST');
  assert.equal(serverOf(t, 'fallback: ntlm').server.kerberos?.mayFallBackToNtlm, true);
});

test('NTLM as a fallback needs the password', (t) => {
  const { server } = serverOf(t, 'fallback: ntlm');
  assert.equal(needsPassword(server), true);
  assert.throws(() => serverTarget(server), { code: 'config.password-missing' });
  const { server: known } = serverOf(t, 'fallback: ntlm', account, { WSUS_BOT_PASSWORD: 'p' });
  assert.equal(winrmTarget(known).account.password, 'p');
});

test('serve misses no password where a keytab stands for it', (t) => {
  const { config } = load(t, `${account}\nservers: [{name: wsus01}]\n`);
  assert.deepEqual(
    missingForServe(config).filter((text) => text.includes('password for')),
    [],
  );
});

test('an account of a single server may have a keytab of its own', (t) => {
  const { server } = serverOf(
    t,
    'account: {keytab: other.keytab, principal: other@CONTOSO.EXAMPLE}',
    'account: {domain: CONTOSO, user: svc}',
    { WSUS_BOT_PASSWORD: 'of the general account' },
  );
  assert.deepEqual(
    [server.kerberos?.principal, server.account.password],
    ['other@CONTOSO.EXAMPLE', undefined],
  );
});

test('a keytab that others may read is refused', (t) => {
  const folder = folderWith(t, {
    'wsus-bot.yaml': `${account}\nservers: [{name: wsus01}]\n`,
    'bot.keytab': '',
  });
  const loadIt = () => loadConfig(join(folder, 'wsus-bot.yaml'), {});
  chmodSync(join(folder, 'bot.keytab'), 0o640);
  assert.throws(
    loadIt,
    (error) =>
      error instanceof ConfigError &&
      /"bot.keytab" may be read by others/.test(error.problems[0]?.text ?? ''),
  );
  chmodSync(join(folder, 'bot.keytab'), 0o600);
  assert.equal(loadIt().servers.length, 1);
});

for (const [title, server, general, expected] of [
  ['a keytab alone', 'host: a', 'account: {user: svc, keytab: bot.keytab}', /^a keytab needs its principal/],
  [
    'a principal alone',
    'host: a',
    'account: {principal: svc@CONTOSO.EXAMPLE}',
    /^a principal needs its keytab/,
  ],
  [
    'an account without a name',
    'host: a',
    'account: {domain: CONTOSO}',
    /^user is missing; expected: a user name/,
  ],
  [
    'Kerberos without a keytab',
    'auth: kerberos',
    'account: {user: svc}',
    /^auth: kerberos needs keytab and principal/,
  ],
  ['an address as host', 'host: 192.0.2.7', account, /^Kerberos needs the DNS name of the server/],
  ['spn with NTLM', 'auth: ntlm, spn: HOST', account, /^spn has no use without Kerberos/],
  ['fallback with NTLM', 'auth: ntlm, fallback: ntlm', account, /^fallback has no use without Kerberos/],
  ['another service', 'spn: CIFS', account, /HTTP, WSMAN, HOST/],
  ['another fallback', 'fallback: basic', account, /ntlm/],
  [
    'a principal without its realm',
    'host: a',
    'account: {keytab: k, principal: svc}',
    /an account and its realm/,
  ],
] as const) {
  test(`${title} is refused`, (t) => {
    assert.match(problems(t, server, general)[0] ?? '', expected);
  });
}
