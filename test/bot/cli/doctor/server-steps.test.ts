import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examineServer } from '../../../../bot/cli/doctor/server-steps.ts';
import type { ServerConfig } from '../../../../bot/config.ts';
import { Secret } from '../../../../bot/secret.ts';
import { connectWsusServer } from '../../../../remote/connect-wsus-server.ts';
import type { Report } from '../../../../remote/contract.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import {
  type PracticeServers,
  startPracticeServers,
} from '../../../../remote/practice/start-practice-servers.ts';
import { RemoteError, type RemoteErrorCode } from '../../../../remote/remote-error.ts';
import { policyWith } from '../../changes/sample-policy.ts';
import { reportWith } from '../../sample-report.ts';

let practice: PracticeServers;
before(async () => {
  practice = await startPracticeServers({ specs: practiceServers.filter(({ name }) => name === 'wsus03') });
});
after(() => practice.close());

const deps = { connect: connectWsusServer, networkTimeout: 5_000, reportDeadline: 30_000 };

function wsus03(changes: Partial<ServerConfig> = {}): ServerConfig {
  const { name, host, port, endpoint, account } = practice.server('wsus03').target;
  const { domain, user, password } = account;
  return {
    name,
    host,
    port,
    endpoint,
    account: { domain, user, password: new Secret(password) },
    policy: policyWith(),
    ...changes,
  };
}

test('a usable server passes all eight steps', async () => {
  const steps = await examineServer(wsus03(), deps);
  assert.deepEqual(
    steps.map(({ step, ok }) => [step, ok]),
    [
      ['name', true],
      ['port', true],
      ['tls', true],
      ['http', true],
      ['sign-in', true],
      ['endpoint', true],
      ['function', true],
      ['module', true],
    ],
  );
});

/** As `connect`: a server that the local PowerShell reaches, and what comes of it. */
const connectedTo = (report: () => Promise<Report>) => () => ({
  report,
  apply: () => assert.fail(),
  restart: () => assert.fail(),
  restore: () => assert.fail(),
  close: async () => {},
});
test('a sign-in says of which kind it is, whether it came about or not', async () => {
  const account = { domain: 'PRACTICE', user: 'svc-wsusbot', password: new Secret('another') };
  const refused = await examineServer(wsus03({ account }), deps);
  assert.match(refused.at(-1)?.text ?? '', /, as PRACTICE\\svc-wsusbot with NTLM$/);
  const byCertificate = wsus03({ auth: 'certificate', account: { ...account, user: 'CN=bot', domain: '' } });
  const passed = await examineServer(byCertificate, {
    ...deps,
    connect: connectedTo(async () => reportWith()),
  });
  assert.equal(
    passed.find(({ step }) => step === 'sign-in')?.text,
    'signed in as CN=bot with a client certificate',
  );
});

const local = () =>
  wsus03({
    transport: 'local-powershell',
    account: { domain: 'CONTOSO', user: 'wsus-bot$', password: undefined },
  });

test('doctor says which account the local PowerShell signs in as', async () => {
  const connect = connectedTo(async () => reportWith());
  const steps = await examineServer(local(), { ...deps, connect });
  assert.equal(
    steps.find(({ step }) => step === 'sign-in')?.text,
    'signed in as CONTOSO\\wsus-bot$, the account of this process, by the PowerShell of this machine',
  );
});

for (const [code, outcome, step] of [
  ['remote.local-powershell', 'not-sent', 'sign-in'],
  ['remote.identity-refused', 'refused', 'sign-in'],
  ['remote.timed-out', 'not-sent', 'sign-in'],
  ['remote.timed-out', 'unknown', 'endpoint'],
  ['remote.connection-lost', 'unknown', 'endpoint'],
  ['remote.access-denied', 'refused', 'endpoint'],
] as const) {
  test(`over the local PowerShell ${code} with outcome ${outcome} is of the step ${step}`, async () => {
    const connect = connectedTo(async () => {
      throw new RemoteError(code, { doing: 'reading wsus03', outcome });
    });
    const steps = await examineServer(local(), { ...deps, connect });
    assert.deepEqual([steps.at(-1)?.step, steps.at(-1)?.code], [step, code]);
  });
}

test('a name that does not resolve ends at the first step', async () => {
  const steps = await examineServer(wsus03({ host: 'no-such-host.invalid' }), deps);
  assert.deepEqual(
    steps.map(({ step, ok, code }) => [step, ok, code]),
    [['name', false, 'remote.name-not-found']],
  );
});

test('a missing password ends at the sign-in and nothing is sent', async () => {
  const account = { domain: 'PRACTICE', user: 'svc', password: undefined };
  const last = (await examineServer(wsus03({ account }), deps)).at(-1);
  assert.deepEqual([last?.step, last?.ok, last?.code], ['sign-in', false, 'config.password-missing']);
  assert.match(last?.remedy ?? '', /WSUS_BOT_PASSWORD/);
});

test('an endpoint that is not registered ends there, behind a good sign-in', async () => {
  const steps = await examineServer(wsus03({ endpoint: 'Elsewhere' }), deps);
  assert.deepEqual(
    steps.slice(4).map(({ step, ok, code }) => [step, ok, code]),
    [
      ['sign-in', true, undefined],
      ['endpoint', false, 'remote.endpoint-missing'],
    ],
  );
});

for (const [code, requests, step] of [
  ['remote.timed-out', 2, 'sign-in'],
  ['remote.timed-out', 3, 'endpoint'],
  ['remote.connection-lost', 1, 'sign-in'],
  ['remote.access-denied', 3, 'endpoint'],
  ['remote.function-failed', 5, 'function'],
  ['remote.language-mode', 8, 'function'],
  ['remote.module-not-loaded', 8, 'function'],
  ['remote.not-winrm', 1, 'sign-in'],
  ['remote.wrong-scheme', 0, 'sign-in'],
  ['remote.shell-quota', 3, 'endpoint'],
  ['remote.local-account-refused', 2, 'sign-in'],
  ['remote.kerberos-no-ticket', 0, 'sign-in'],
  ['remote.kerberos-unproven', 4, 'sign-in'],
  ['remote.out-of-memory', 5, 'endpoint'],
] as const satisfies [RemoteErrorCode, number, string][]) {
  test(`${code} after ${requests} requests belongs to the step ${step}`, async () => {
    const connect: typeof deps.connect = (_target, options) => ({
      async report() {
        for (let i = 0; i < requests; i++) options?.onRequest?.();
        throw new RemoteError(code, { doing: 'reading wsus03', outcome: 'unknown', serverText: 'words' });
      },
      apply: () => assert.fail('only reads'),
      restart: () => assert.fail('only reads'),
      restore: () => assert.fail('only reads'),
      close: async () => {},
    });
    const last = (await examineServer(wsus03(), { ...deps, connect })).at(-1);
    assert.deepEqual([last?.step, last?.code, last?.serverText], [step, code, 'words']);
  });
}

const answering =
  (parts: Partial<Report>): typeof deps.connect =>
  () => ({
    report: async () => reportWith(parts),
    apply: () => assert.fail('only reads'),
    restart: () => assert.fail('only reads'),
    restore: () => assert.fail('only reads'),
    close: async () => {},
  });
test('a sign-in with NTLM for want of a ticket is a warning that says why', async () => {
  const reason = new RemoteError('remote.kerberos-kdc', { doing: 'reading wsus03', outcome: 'not-sent' });
  const connect: typeof deps.connect = (target, options) => {
    options?.onFallback?.(reason);
    return answering({})(target, options);
  };
  const steps = await examineServer(wsus03(), { ...deps, connect });
  const signIn = steps.find(({ step }) => step === 'sign-in');
  assert.deepEqual([signIn?.ok, signIn?.isWarning, signIn?.remedy], [true, true, reason.remedy]);
  assert.match(signIn?.text ?? '', /with NTLM, for want of a ticket: no domain controller answered$/);
});

const moduleStep = async (parts: Partial<Report>, endpoint = 'WsusBot') =>
  (await examineServer(wsus03({ endpoint }), { ...deps, connect: answering(parts) })).at(-1);

test('an endpoint with the module of this bot is good', async () => {
  const step = await moduleStep({});
  assert.deepEqual(
    [step?.step, step?.ok, step?.isWarning, step?.remedy],
    ['module', true, undefined, undefined],
  );
  assert.match(step?.text ?? '', /^version 1\.0\.0, SHA-256 [0-9a-f]{64}: the one this bot ships$/);
});

test('an endpoint with another module is to be updated', async () => {
  const step = await moduleStep({ module: { ok: true, version: '0.9.0', sha256: 'ab'.repeat(32) } });
  assert.deepEqual([step?.ok, step?.isWarning, step?.module?.isShipped], [true, true, false]);
  assert.match(step?.remedy ?? '', /^Update it: run Install-WsusBotEndpoint\.ps1 there again/);
});

test('a module that does not name itself is to be updated', async () => {
  const step = await moduleStep({ module: { ok: false, code: 'x', reason: 'no file' } });
  assert.deepEqual([step?.isWarning, step?.text], [true, 'it does not name itself: no file']);
});

test('agentless, the hash of what was sent is named and the way to the endpoint', async () => {
  const steps = await examineServer(wsus03({ endpoint: 'Microsoft.PowerShell' }), {
    ...deps,
    connect: answering({}),
  });
  assert.match(
    steps[5]?.text ?? '',
    /^Microsoft\.PowerShell, an endpoint of Windows' own, .* as administrator$/,
  );
  assert.match(steps[7]?.text ?? '', /SHA-256 [0-9a-f]{64}: sent by this bot$/);
  assert.match(steps[7]?.remedy ?? '', /needs no administrator: run Install-WsusBotEndpoint\.ps1/);
});
