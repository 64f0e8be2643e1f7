import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { serverTarget } from '../../bot/server-target.ts';
import { folderWith } from './config-folder.ts';

const ada = '11111111-1111-4111-8111-11111111111A';
const server = 'account: {domain: CONTOSO, user: svc}\nservers:\n  - name: wsus01\n';

function load(t: TestContext, yaml: string, env: Record<string, string> = {}) {
  return loadConfig(join(folderWith(t, { 'wsus-bot.yaml': yaml }), 'wsus-bot.yaml'), env);
}

function problems(t: TestContext, yaml: string, env: Record<string, string> = {}): string[] {
  try {
    load(t, yaml, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'config.wrong');
    return error.problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
  }
  assert.fail('the configuration was accepted');
}

test('fills in the defaults', (t) => {
  const config = load(t, server);
  assert.equal(config.tenant, undefined);
  assert.deepEqual(config.bot, {
    appId: undefined,
    type: 'SingleTenant',
    password: undefined,
    certificate: undefined,
    otherTenants: [],
    listen: { host: '127.0.0.1', port: 3978 },
  });
  assert.equal(config.policy.requesters, 'everyone');
  assert.equal(config.autoCheck, true);
  assert.equal(config.policy.validFor, 3_600_000);
  assert.equal(config.activation, 'IISReset');
  assert.deepEqual(config.servers, [
    {
      name: 'wsus01',
      host: 'wsus01',
      port: 5985,
      endpoint: 'WsusBot',
      auth: 'ntlm',
      tls: undefined,
      account: { domain: 'CONTOSO', user: 'svc', password: undefined },
      policy: config.policy,
    },
  ]);
});

test('takes the store and password files relative to the folder of the file', (t) => {
  const folder = folderWith(t, {
    'wsus-bot.yaml': 'store: state.db\naccount: {user: svc, passwordFile: pw}\nservers: [{name: a}]\n',
    pw: 'open sesame\r\n',
  });
  const config = loadConfig(join(folder, 'wsus-bot.yaml'), {});
  assert.deepEqual(config.store, { kind: 'sqlite', file: join(folder, 'state.db') });
  assert.equal(config.servers[0]?.account.password?.reveal(), 'open sesame');
});

test('writes object ids, tenant and application id in lower case', (t) => {
  const config = load(t, `tenant: ${ada}\nbot: {appId: ${ada}}\napprovers: [{id: ${ada}, name: Ada}]\n`);
  assert.equal(config.tenant, ada.toLowerCase());
  assert.equal(config.bot.appId, ada.toLowerCase());
  assert.equal(config.policy.approvers[0]?.id, ada.toLowerCase());
});

test("a server's own endpoint, account and approvers stand before the general ones", (t) => {
  const config = load(
    t,
    `endpoint: General\naccount: {user: one}\napprovers: [{id: ${ada}, name: Ada}]\nservers:
  - {name: a}
  - name: b
    endpoint: Microsoft.PowerShell
    account: {domain: BRANCH, user: two, passwordEnv: BRANCH_PW}
    approvers: [{id: 22222222-2222-4222-8222-222222222222, name: Kim}]
`,
    { WSUS_BOT_PASSWORD: 'one-pw', BRANCH_PW: 'two-pw' },
  );
  const seen = config.servers.map(({ endpoint, account, policy }) => [
    endpoint,
    account.user,
    account.password?.reveal(),
    policy.approvers[0]?.name,
  ]);
  assert.deepEqual(seen, [
    ['General', 'one', 'one-pw', 'Ada'],
    ['Microsoft.PowerShell', 'two', 'two-pw', 'Kim'],
  ]);
});

test('an empty list of approvers of a server means nobody', (t) => {
  const config = load(t, `${server}    approvers: []\napprovers: [{id: ${ada}, name: Ada}]\n`);
  assert.deepEqual(config.servers[0]?.policy.approvers, []);
});

test('names line, column and the nearest known key for an unknown key', (t) => {
  assert.deepEqual(problems(t, 'tenant: 11111111-1111-4111-8111-111111111111\nbot:\n  apId: x\n'), [
    '3:3 unknown key "apId" in bot; nearest known key: appId',
  ]);
});

test('lists the known keys when none is near', (t) => {
  const [problem] = problems(t, 'bot:\n  listen: {interface: eth0}\n');
  assert.equal(problem, '2:12 unknown key "interface" in bot.listen; known here: host, port');
});

test('offers the right spelling of a key in other case', (t) => {
  assert.match(
    problems(t, 'autocheck: true')[0] ?? '',
    /^1:1 unknown key "autocheck"; nearest known key: autoCheck$/,
  );
});

test('names line, column, value and what is expected for a wrong value', (t) => {
  assert.deepEqual(problems(t, `${server}    port: 70000\n`), [
    '4:11 servers[0].port is 70000; expected: a whole number from 1 to 65535',
  ]);
});

test('says that a number where text belongs needs quotes', (t) => {
  assert.match(
    problems(t, 'servers:\n  - name: 01\naccount: {user: x}\n')[0] ?? '',
    /^2:11 .* is 1; .*\(put it in quotes\)$/,
  );
});

test('lists all problems at once, in file order', (t) => {
  const found = problems(t, 'planValidFor: 1 year\nautoCheck: maybe\nactivation: Reboot\nservers: nope\n');
  assert.deepEqual(
    found.map((text) => text.split(' ')[0]),
    ['1:15', '2:12', '3:13', '4:10'],
  );
});

test('looks into the list of requesters, which may also be a word', (t) => {
  const found = problems(t, `requesters:\n  - id: ${ada}\n    nane: Ada\n`);
  assert.ok(
    found.includes('3:5 unknown key "nane" in requesters[0]; nearest known key: name'),
    found.join('\n'),
  );
  assert.match(problems(t, 'requesters: nobody\n')[0] ?? '', /expected: "everyone", or a list of people/);
});

for (const [what, yaml, place] of [
  ['of the bot', 'bot:\n  password: hunter2\n', '2:3'],
  ['of the account', 'account:\n  user: svc\n  password: hunter2\n', '3:3'],
  ['of the bot by another name', 'bot: {clientSecret: hunter2}', '1:7'],
] as const) {
  test(`refuses a password ${what} in the file, says why, and never repeats it`, (t) => {
    const found = problems(t, yaml);
    assert.equal(found.length, 1);
    assert.ok(found[0]?.startsWith(`${place} `), found.join());
    assert.match(
      found[0] ?? '',
      /no secret is taken from this file, since files are copied and shared; set .*WSUS_BOT/,
    );
    assert.doesNotMatch(found[0] ?? '', /hunter2/);
  });
}

test('a name that is taken is refused in either case, with the line of the first', (t) => {
  const found = problems(t, 'account: {user: x}\nservers:\n  - name: wsus01\n  - {name: WSUS01, host: b}\n');
  assert.deepEqual(found, ['4:12 the name WSUS01 is taken by line 3; case makes no difference']);
});

test('two entries for one machine and port are refused', (t) => {
  const found = problems(t, 'account: {user: x}\nservers:\n  - {name: a, host: H}\n  - {name: b, host: h}\n');
  assert.deepEqual(found, ['4:5 h port 5985 is the same machine as the entry of line 3']);
});

test('a server without any account is refused', (t) => {
  assert.match(problems(t, 'servers: [{name: a}]')[0] ?? '', /^1:11 a has no account/);
});

for (const host of [
  'http://a',
  'a b',
  '-a',
  'a..b',
  '300.1.1.1',
  'a:5985',
  '1.2.3',
  `${'a'.repeat(64)}.b`,
  '[::1]',
  '',
]) {
  test(`refuses ${JSON.stringify(host)} as a host`, (t) => {
    assert.match(problems(t, `${server}    host: ${JSON.stringify(host)}\n`)[0] ?? '', /servers\[0\]\.host/);
  });
}

for (const host of ['wsus01', 'wsus_01.contoso.example', '127.0.0.1', '::1', 'fe80::1', '10-0-0-1.lan']) {
  test(`takes ${host} as a host`, (t) => {
    assert.equal(load(t, `${server}    host: '${host}'\n`).servers[0]?.host, host);
  });
}

test('a password never shows in text, JSON or the inspector', (t) => {
  const config = load(t, server, { WSUS_BOT_PASSWORD: 'hunter2', WSUS_BOT_APP_PASSWORD: 'hunter2' });
  assert.equal(config.servers[0]?.account.password?.reveal(), 'hunter2');
  const shown = `${inspect(config, { depth: 9, showHidden: true })} ${JSON.stringify(config)} ${config.bot.password}`;
  assert.doesNotMatch(shown, /hunter2/);
});

test('a secret given twice, or in a file that is not there, is a problem without a line', (t) => {
  const found = problems(t, server, {
    WSUS_BOT_PASSWORD: 'x',
    WSUS_BOT_PASSWORD_FILE: '/nowhere/pw',
    WSUS_BOT_APP_PASSWORD_FILE: '/nowhere/app',
  });
  assert.match(found.join('\n'), /WSUS_BOT_PASSWORD and WSUS_BOT_PASSWORD_FILE are both set/);
  assert.match(
    found.join('\n'),
    /WSUS_BOT_APP_PASSWORD_FILE: the file "app" cannot be read: there is no such file/,
  );
});

test('an empty variable counts as not set', (t) => {
  assert.equal(load(t, server, { WSUS_BOT_PASSWORD: '' }).servers[0]?.account.password, undefined);
});

test('a managed identity with a client secret is refused', (t) => {
  const found = problems(t, 'bot: {type: UserAssignedMsi}', { WSUS_BOT_APP_PASSWORD: 'x' });
  assert.match(found[0] ?? '', /a managed identity \(bot\.type UserAssignedMsi\) has no password/);
});

test('the account of a single server must name its own password', (t) => {
  const found = problems(t, 'servers:\n  - name: a\n    account: {user: b}\n', { WSUS_BOT_PASSWORD: 'x' });
  assert.match(found[0] ?? '', /^3:14 the account of a single server needs passwordFile or passwordEnv/);
});

test('a server that the local PowerShell reaches has the account of this process, and no password', (t) => {
  const { username } = userInfo();
  const [local] = load(t, 'transport: local-powershell\nservers: [{name: a}]\n').servers;
  assert.deepEqual(
    [local?.transport, local?.account.user, local?.account.password],
    ['local-powershell', username, undefined],
  );
  const mixed = load(
    t,
    'account: {user: svc}\nservers: [{name: a, transport: local-powershell}, {name: b}]\n',
  );
  assert.equal(mixed.servers[1]?.account.user, 'svc');
});

test('of the keys of a connection the local PowerShell takes tls, and auth: kerberos', (t) => {
  const local = load(
    t,
    'transport: local-powershell\ntls: true\nservers: [{name: a}, {name: b, tls: false}]\n',
  );
  assert.deepEqual(
    local.servers.map(({ port, tls }) => [port, tls !== undefined]),
    [
      [5986, true],
      [5985, false],
    ],
  );
  const [strict] = load(t, 'transport: local-powershell\nservers: [{name: a, auth: kerberos}]\n').servers;
  assert.ok(strict !== undefined);
  assert.equal(serverTarget(strict).auth, 'kerberos');
  for (const key of ['auth: ntlm', 'spn: HOST', 'ca: file.pem', `pin: "${'ab'.repeat(32)}"`]) {
    const found = problems(t, `servers: [{name: a, transport: local-powershell, tls: true, ${key}}]`);
    assert.match(found.join('\n'), /has no use with transport: local-powershell; Windows decides/, key);
  }
});

test('an account beside transport: local-powershell is refused, of a server and in general', (t) => {
  assert.match(
    problems(t, 'servers: [{name: a, transport: local-powershell, account: {user: x, passwordEnv: P}}]')[0] ??
      '',
    /^1:\d+ transport: local-powershell signs in as the account that the bot runs as; no other has a use here/,
  );
  assert.match(
    problems(t, 'transport: local-powershell\naccount: {user: x}\nservers: [{name: a}]')[0] ?? '',
    /^2:\d+ transport: local-powershell signs in as the account that the bot runs as; no server uses this one/,
  );
});

test('secrets can be left alone', (t) => {
  const folder = folderWith(t, {
    'c.yaml': 'account: {user: x, passwordFile: not-there}\nservers: [{name: a}]\n',
  });
  const config = loadConfig(join(folder, 'c.yaml'), {}, { secrets: 'ignore' });
  assert.equal(config.servers[0]?.account.password, undefined);
});

test('a file that is not there is its own error', (t) => {
  const path = join(folderWith(t, {}), 'wsus-bot.yaml');
  assert.throws(() => loadConfig(path, {}), {
    code: 'config.not-found',
    message: 'reading wsus-bot.yaml: there is no such file',
  });
});

test('a file that is not UTF-8 is its own error', (t) => {
  const path = join(
    folderWith(t, { 'a.yaml': Buffer.from('tenant: x', 'utf16le').fill(0xff, 0, 2) }),
    'a.yaml',
  );
  assert.throws(() => loadConfig(path, {}), { code: 'config.not-readable' });
});

test('a file with a byte order mark and CRLF is read, and places are right', (t) => {
  assert.deepEqual(problems(t, '\ufeffautoCheck: true\r\nbott: 1\r\n'), [
    '2:1 unknown key "bott"; nearest known key: bot',
  ]);
});

test('an empty file has the defaults; a list is refused', (t) => {
  assert.deepEqual(load(t, '# nothing yet\n').servers, []);
  assert.match(problems(t, '- a\n')[0] ?? '', /^1:1 the file is a list; expected: keys and values/);
});

test('the role is that of the environment, else that of the file, else all', (t) => {
  assert.equal(load(t, server).role, 'all');
  assert.equal(load(t, `role: worker\n${server}`).role, 'worker');
  assert.equal(load(t, `role: worker\n${server}`, { WSUS_BOT_ROLE: 'chat' }).role, 'chat');
  assert.deepEqual(problems(t, server, { WSUS_BOT_ROLE: 'boss' }), [
    'undefined:undefined WSUS_BOT_ROLE is no role; expected: all, chat, worker',
  ]);
});

test('a replica that reaches no server takes no password for one, also where its file is missing', (t) => {
  const yaml = `role: chat\n${server.replace('user: svc', 'user: svc, passwordFile: pw')}`;
  assert.equal(load(t, yaml).servers[0]?.account.password, undefined);
  const named = load(t, `role: chat\n${server}`, { WSUS_BOT_PASSWORD: 'open sesame' });
  assert.equal(named.servers[0]?.account.password, undefined);
});
