import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { functionNames } from '../../remote/contract.ts';
import type { MessageKind, Misdeed } from '../../remote/practice/misbehaviour.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import type { RemoteDependencies } from '../../remote/remote-session.ts';
import type { WinrmTarget } from '../../remote/wsus-server.ts';
import { failure } from './failure.ts';
import { startRelay } from './winrm/recording-relay.ts';

async function start(
  t: TestContext,
  name = 'wsus01',
  dependencies: RemoteDependencies = {},
  change: Partial<WinrmTarget> = {},
) {
  const practice = await startPracticeServers({
    specs: practiceServers.filter((spec) => spec.name === name),
  });
  const server = practice.server(name);
  let requests = 0;
  let onNextRequest = () => {};
  const wsus = connectWsusServer(
    { ...server.target, ...change },
    {
      ...dependencies,
      onRequest: () => {
        requests += 1;
        onNextRequest();
      },
    },
  );
  t.after(async () => {
    await wsus.close();
    await practice.close();
  });
  const requestsOf = async (action: () => Promise<unknown>) => {
    const before = requests;
    await action();
    return requests - before;
  };
  const nextRequest = () =>
    new Promise<void>((resolve) => {
      onNextRequest = resolve;
    });
  return { server, wsus, requestsOf, nextRequest };
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A request for 400 → 800 on the file as it is on the practice server's disk. */
function raiseTo800(path: string) {
  const before = readFileSync(path);
  const after = Buffer.from(before.toString('latin1').replace('value="400"', 'value="800"'), 'latin1');
  const request = {
    changeId: randomUUID(),
    notAfter: new Date(Date.now() + 60_000).toISOString(),
    sha256Before: hash(before),
    sha256After: hash(after),
    edits: { maxInstalledPrerequisites: 800 },
  };
  return { request, before, after };
}

/** The file as a patient look finds it when nothing runs on the server any more. */
async function fileAtRest(target: WinrmTarget) {
  const looking = connectWsusServer(target);
  for (;;) {
    const { file, activity } = await looking.report();
    if (!activity.ok || activity.running !== null) continue;
    await looking.close();
    return file;
  }
}

test('a cold report takes at most seven HTTP requests, a warm one two, closing one', async (t) => {
  const { wsus, requestsOf } = await start(t);
  const cold = await requestsOf(() => wsus.report());
  assert.ok(cold <= 7, `${cold} requests`);
  assert.equal(await requestsOf(() => wsus.report()), 2);
  assert.equal(await requestsOf(() => wsus.close()), 1);
});

test('a report holds the bytes of the file on the disk', async (t) => {
  const { wsus, server } = await start(t);
  const { file } = await wsus.report();
  assert.ok(file.ok);
  assert.deepEqual(Buffer.from(file.bytes, 'base64'), readFileSync(server.webConfig));
});

test('apply, restart and restore run with their steps and leave the file as it was', async (t) => {
  const { wsus, server } = await start(t);
  const { request, before, after } = raiseTo800(server.webConfig);
  const steps: string[] = [];
  const onProgress = (step: string) => void steps.push(step);

  const applied = await wsus.apply(request, { onProgress });
  assert.ok(applied.outcome === 'written');
  assert.deepEqual(readFileSync(server.webConfig), after);
  assert.deepEqual(steps.splice(0), ['read', 'backup', 'write', 'verify-file']);

  const restarted = await wsus.restart({ ...request, activation: 'IISReset' }, { onProgress });
  assert.equal(restarted.outcome, 'restarted');
  assert.deepEqual(steps.splice(0), ['restart', 'wait']);

  const back = {
    sha256Before: request.sha256After,
    sha256After: request.sha256Before,
    backup: applied.backup.name,
  };
  const restored = await wsus.restore({ ...request, ...back }, { onProgress });
  assert.equal(restored.outcome, 'restored');
  assert.deepEqual(readFileSync(server.webConfig), before);
  assert.deepEqual(server.stats(), { restarts: 1, writes: 2 });
});

test('a refusal of the function is a result', async (t) => {
  const { wsus, server } = await start(t);
  const { request } = raiseTo800(server.webConfig);
  const result = await wsus.apply({ ...request, sha256Before: 'f'.repeat(64) });
  assert.equal(result.outcome === 'refused' && result.reason, 'stale');
});

test('parameters that the function does not accept are refused before it runs, and the session stays', async (t) => {
  const { wsus, server, requestsOf } = await start(t);
  const { request } = raiseTo800(server.webConfig);
  const error = await failure(wsus.apply({ ...request, edits: { maxInstalledPrerequisites: 0 } }));
  assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'refused']);
  assert.match(error.serverText ?? '', /MaxInstalledPrerequisites/);
  assert.equal(await requestsOf(() => wsus.report()), 2);
});

test('a function that stops with an error half-way has an unknown outcome', async (t) => {
  const { wsus, server } = await start(t);
  server.misbehave([{ host: 'error-at-step', step: 'verify-file', text: 'the disk is full' }]);
  const error = await failure(wsus.apply(raiseTo800(server.webConfig).request));
  assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'unknown']);
  assert.match(error.serverText ?? '', /the disk is full/);
});

for (const [name, code] of [
  ['wsus05', 'remote.port-closed'],
  ['wsus06', 'remote.sign-in-refused'],
] as const) {
  test(`${name} is answered with ${code}, and nothing was sent`, async (t) => {
    const { wsus } = await start(t, name);
    const error = await failure(wsus.report());
    assert.deepEqual([error.code, error.outcome], [code, 'not-sent']);
    assert.match(error.message, new RegExp(`^reading ${name}: `));
  });
}

test('an endpoint that is not registered is named as missing', async (t) => {
  const { wsus } = await start(t, 'wsus01', {}, { endpoint: 'Elsewhere' });
  const error = await failure(wsus.report());
  assert.deepEqual(
    [error.code, error.outcome, error.detail],
    ['remote.endpoint-missing', 'refused', 'fault 2150858811'],
  );
});

test('calls on one server wait for one another', async (t) => {
  const { wsus } = await start(t);
  const reports = await Promise.all([wsus.report(), wsus.report(), wsus.report()]);
  assert.equal(reports.length, 3);
});

test('a call that waits for another one until its deadline ends then, and is not sent', async (t) => {
  const { wsus, server, nextRequest } = await start(t);
  await wsus.report();
  server.misbehave([{ on: 'Command', misdeed: { kind: 'no-answer', executed: false } }]);
  const sent = nextRequest();
  const held = wsus.report();
  await sent;
  const { request, before } = raiseTo800(server.webConfig);
  const error = await failure(Promise.race([wsus.apply(request, { deadline: 50 }), held]));
  assert.deepEqual(
    [error.code, error.outcome, error.doing],
    ['remote.timed-out', 'not-sent', 'changing web.config on wsus01'],
  );
  server.misbehave([]);
  server.dropConnections();
  assert.ok((await held).file.ok, 'what held it up is tried once more');
  assert.deepEqual(readFileSync(server.webConfig), before);
});

test('after twenty calls the shell is replaced', async (t) => {
  const { wsus, requestsOf } = await start(t);
  for (let call = 0; call < 20; call++) await wsus.report();
  const replaced = await requestsOf(() => wsus.report());
  assert.ok(replaced > 2, `${replaced} requests`);
  assert.equal(await requestsOf(() => wsus.report()), 2);
});

test('an idle session is closed, and the next call opens another', async (t) => {
  const { wsus, requestsOf, nextRequest } = await start(t, 'wsus01', { idleTimeout: 1 });
  await wsus.report();
  await nextRequest();
  assert.ok((await requestsOf(() => wsus.report())) > 2);
});

test('after the socket closed while idle, the next call signs in again and goes on in its shell', async (t) => {
  const practice = await startPracticeServers({
    specs: practiceServers.filter(({ name }) => name === 'wsus01'),
  });
  const server = practice.server('wsus01');
  const relay = await startRelay(server.target.port);
  let requests = 0;
  const wsus = connectWsusServer({ ...server.target, port: relay.port }, { onRequest: () => requests++ });
  t.after(async () => {
    await wsus.close();
    await relay.close();
    await practice.close();
  });
  await wsus.report();
  await relay.endConnections();
  // A shell of its own would be refused.
  server.misbehave([{ on: 'Create', misdeed: { kind: 'drop-before-executing' } }]);
  requests = 0;
  assert.equal((await wsus.apply(raiseTo800(server.webConfig).request)).outcome, 'written');
  assert.ok(requests >= 4, `${requests} requests: two to sign in, one to send, one or more to receive`);
});

test('a report on a warm session that turns out to be lost is tried once more', async (t) => {
  const { wsus, server } = await start(t);
  await wsus.report();
  server.misbehave([{ on: 'Command', nth: 1, misdeed: { kind: 'drop-before-executing' } }]);
  assert.ok((await wsus.report()).file.ok);
});

test('a report is not tried a third time', async (t) => {
  const { wsus, server } = await start(t);
  await wsus.report();
  server.misbehave([{ on: 'Command', misdeed: { kind: 'drop-before-executing' } }]);
  assert.equal((await failure(wsus.report())).code, 'remote.connection-lost');
});

test('a report on a cold session is not tried again', async (t) => {
  const { wsus, server } = await start(t);
  server.misbehave([{ on: 'Command', nth: 1, misdeed: { kind: 'drop-before-executing' } }]);
  assert.equal((await failure(wsus.report())).code, 'remote.connection-lost');
});

test('a report after the server forgot the shell opens a new one', async (t) => {
  const { wsus, server } = await start(t);
  await wsus.report();
  server.misbehave([{ on: 'Command', nth: 1, misdeed: { kind: 'fault', code: 2150858843 } }]);
  assert.ok((await wsus.report()).file.ok);
});

test('a report after WinRM was restarted signs in anew and opens a new shell', async (t) => {
  const { wsus, server } = await start(t);
  await wsus.report();
  server.endShells();
  server.dropConnections();
  assert.equal(server.shells().open, 0);
  assert.ok((await wsus.report()).file.ok);
  assert.deepEqual(server.shells(), { open: 1, most: 1 });
});

const unknown = 'unknown' as const;
const impatient = { operationTimeout: 200, answerMargin: 400 };
const spoilt: readonly (readonly [MessageKind, Misdeed, string, string])[] = [
  ['handshake', { kind: 'drop-before-executing' }, 'remote.connection-lost', 'not-sent'],
  ['handshake', { kind: 'unauthorized' }, 'remote.ntlm-refused', 'not-sent'],
  ['handshake', { kind: 'http-status', status: 503 }, 'remote.busy', 'not-sent'],
  ['handshake', { kind: 'no-answer' }, 'remote.timed-out', 'not-sent'],
  ['Create', { kind: 'drop-before-executing' }, 'remote.connection-lost', 'not-sent'],
  ['Create', { kind: 'drop-after-executing' }, 'remote.connection-lost', 'not-sent'],
  ['Create', { kind: 'fault', code: 2150859173 }, 'remote.shell-quota', 'refused'],
  ['Create', { kind: 'fault', code: 5 }, 'remote.access-denied', 'refused'],
  ['Create', { kind: 'corrupted-sealed-body' }, 'remote.sealing-refused', 'not-sent'],
  ['Create', { kind: 'http-status', status: 500 }, 'remote.sealing-refused', 'not-sent'],
  ['Command', { kind: 'drop-before-executing' }, 'remote.connection-lost', unknown],
  ['Command', { kind: 'drop-after-executing' }, 'remote.connection-lost', unknown],
  ['Command', { kind: 'no-answer' }, 'remote.timed-out', unknown],
  ['Command', { kind: 'unauthorized' }, 'remote.connection-lost', unknown],
  ['Command', { kind: 'http-status', status: 500 }, 'remote.sealing-refused', unknown],
  ['Command', { kind: 'fault', code: 2150858817 }, 'remote.fault', unknown],
  ['Command', { kind: 'fault', code: 2150858843 }, 'remote.connection-lost', 'refused'],
  ['Command', { kind: 'fault', code: 2150858793 }, 'remote.timed-out', unknown],
  ['Command', { kind: 'truncated-sealed-body' }, 'remote.sealing-refused', unknown],
  ['Command', { kind: 'corrupted-sealed-body' }, 'remote.sealing-refused', unknown],
  ['Command', { kind: 'wrong-length' }, 'remote.sealing-refused', unknown],
  ['Receive', { kind: 'drop-before-executing' }, 'remote.connection-lost', unknown],
  ['Receive', { kind: 'drop-after-executing' }, 'remote.connection-lost', unknown],
  ['Receive', { kind: 'no-answer' }, 'remote.timed-out', unknown],
  ['Receive', { kind: 'unauthorized' }, 'remote.connection-lost', unknown],
  ['Receive', { kind: 'http-status', status: 500 }, 'remote.sealing-refused', unknown],
  [
    'Receive',
    { kind: 'http-status', status: 200, body: '<html>', contentType: 'text/html' },
    'remote.not-winrm',
    unknown,
  ],
  ['Receive', { kind: 'fault', code: 5 }, 'remote.access-denied', unknown],
  ['Receive', { kind: 'fault', code: 2150858843 }, 'remote.connection-lost', unknown],
  ['Receive', { kind: 'truncated-sealed-body' }, 'remote.sealing-refused', unknown],
  ['Receive', { kind: 'wrong-length' }, 'remote.sealing-refused', unknown],
];

for (const [on, misdeed, code, outcome] of spoilt) {
  test(`${on} spoilt by ${inspect(misdeed, { breakLength: Infinity })} is ${code}, outcome ${outcome}; the file is before or after, written at most once`, async (t) => {
    const { wsus, server } = await start(t, 'wsus01', misdeed.kind === 'no-answer' ? impatient : {});
    const { request, before, after } = raiseTo800(server.webConfig);
    const only = on === 'Command' || on === 'Receive' ? { functionName: functionNames.apply } : {};
    server.misbehave([{ on, ...only, misdeed }]);
    const error = await failure(wsus.apply(request));
    assert.deepEqual([error.code, error.outcome], [code, outcome]);
    server.misbehave([]);
    const file = await fileAtRest(server.target);
    assert.ok(file.ok);
    const expected = outcome === unknown ? [hash(before), hash(after)] : [hash(before)];
    assert.ok(expected.includes(file.sha256));
    assert.ok(server.stats().writes <= 1);
  });
}

test('a Receive that has nothing to say in its time is asked again', async (t) => {
  const { wsus, server } = await start(t, 'wsus01', { operationTimeout: 100 });
  server.misbehave([{ host: 'slow-step', step: 'write', milliseconds: 450 }]);
  const result = await wsus.apply(raiseTo800(server.webConfig).request);
  assert.equal(result.outcome, 'written');
});

test('a call that lasts longer than its deadline has an unknown outcome, and goes on at the server', async (t) => {
  const { wsus, server } = await start(t, 'wsus01', { operationTimeout: 100 });
  await wsus.report();
  server.misbehave([{ host: 'restart-never-ends' }]);
  const { request } = raiseTo800(server.webConfig);
  const error = await failure(wsus.restart({ ...request, activation: 'IISReset' }, { deadline: 1000 }));
  assert.deepEqual([error.code, error.outcome], ['remote.timed-out', 'unknown']);
  const { activity } = await wsus.report();
  assert.equal(activity.ok && activity.running?.functionName, functionNames.restart);
});

test('a listener that throws does not change what the call comes to', async (t) => {
  const { wsus, server } = await start(t);
  const onProgress = () => {
    throw new Error('the listener is broken');
  };
  assert.equal((await wsus.apply(raiseTo800(server.webConfig).request, { onProgress })).outcome, 'written');
});
