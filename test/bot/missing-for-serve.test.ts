import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../bot/config.ts';
import { defaultAudit } from '../../bot/config-audit.ts';
import { missingForServe } from '../../bot/missing-for-serve.ts';
import { Secret } from '../../bot/secret.ts';
import { serverTarget, winrmTarget } from '../../bot/server-target.ts';
import { sqliteFile } from '../../bot/store/store-config.ts';
import { policyWith } from './changes/sample-policy.ts';

const account = { domain: 'CONTOSO', user: 'svc', password: new Secret('p') };
const server = { name: 'wsus01', host: 'h', port: 5985, endpoint: 'WsusBot', account, policy: policyWith() };
const whole: Config = {
  role: 'all',
  cloud: 'Public',
  tenant: '11111111-1111-4111-8111-111111111111',
  bot: {
    appId: '22222222-2222-4222-8222-222222222222',
    type: 'SingleTenant',
    password: new Secret('s'),
    certificate: undefined,
    otherTenants: [],
    listen: { host: '127.0.0.1', port: 3978 },
  },
  servers: [server],
  groups: [],
  policy: policyWith(),
  autoCheck: true,
  store: sqliteFile('/nowhere'),
  activation: 'IISReset',
  freezeFile: '/nowhere/freeze',
  audit: defaultAudit('/nowhere'),
};

test('a complete configuration lacks nothing', () => assert.deepEqual(missingForServe(whole), []));

for (const [what, config, words] of [
  ['tenant', { ...whole, tenant: undefined }, /^tenant:/],
  ['app id', { ...whole, bot: { ...whole.bot, appId: undefined } }, /^bot\.appId:/],
  ['client secret', { ...whole, bot: { ...whole.bot, password: undefined } }, /WSUS_BOT_APP_PASSWORD/],
  ['servers', { ...whole, servers: [] }, /^servers:/],
  [
    'password',
    { ...whole, servers: [{ ...server, account: { ...account, password: undefined } }] },
    /^the password for wsus01: WSUS_BOT_PASSWORD/,
  ],
  [
    'webhook secret',
    { ...whole, audit: { ...whole.audit, webhook: { url: 'https://siem.example', secret: undefined } } },
    /^the secret of the webhook: /,
  ],
] as const) {
  test(`a missing ${what} is named, and nothing else`, () => {
    const missing = missingForServe(config);
    assert.equal(missing.length, 1);
    assert.match(missing[0] ?? '', words);
  });
}

test('the zero GUID of the example counts as missing', () => {
  assert.equal(missingForServe({ ...whole, tenant: '00000000-0000-0000-0000-000000000000' }).length, 1);
});

test('a managed identity needs no client secret', () => {
  const bot = { ...whole.bot, type: 'UserAssignedMsi', password: undefined } as const;
  assert.deepEqual(missingForServe({ ...whole, bot }), []);
});

test('a target carries the password; without one the account is named as the cause', () => {
  assert.equal(winrmTarget(server).account.password, 'p');
  assert.throws(() => serverTarget({ ...server, account: { ...account, password: undefined } }), {
    code: 'config.password-missing',
    message: 'signing in to wsus01: no password is known for the account',
  });
});

test('a server that the local PowerShell reaches needs no password, and its target carries none', () => {
  const local = {
    ...server,
    transport: 'local-powershell',
    account: { ...account, password: undefined },
  } as const;
  assert.deepEqual(missingForServe({ ...whole, servers: [local] }), []);
  assert.deepEqual(serverTarget(local), {
    name: 'wsus01',
    host: 'h',
    port: 5985,
    endpoint: 'WsusBot',
    transport: 'local-powershell',
    tls: false,
  });
});

const noBot = { ...whole.bot, appId: undefined, password: undefined };
const noPassword = [{ ...server, account: { ...account, password: undefined } }];

test('a worker needs the passwords for the servers, and no registration', () => {
  const worker = { ...whole, role: 'worker', tenant: undefined, bot: noBot } as const;
  assert.deepEqual(missingForServe(worker), []);
  assert.match(missingForServe({ ...worker, servers: noPassword }).join(), /^the password for wsus01/);
});

test('a worker needs the registration where a policy names a group: it asks who is in it', () => {
  const board = { kind: 'group' as const, id: '33333333-3333-4333-8333-333333333333', name: 'Board' };
  const worker = {
    ...whole,
    role: 'worker',
    bot: noBot,
    policy: policyWith({ approvers: [board] }),
  } as const;
  assert.equal(missingForServe(worker).length, 2);
});

test('a replica for the chat needs the registration, and no password for a server', () => {
  const chat = { ...whole, role: 'chat', servers: noPassword } as const;
  assert.deepEqual(missingForServe(chat), []);
  assert.equal(missingForServe({ ...chat, bot: noBot }).length, 2);
});
