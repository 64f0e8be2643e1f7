import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { functionNames, reportSchema } from '../../../../remote/contract.ts';
import type { Engine, EngineListener } from '../../../../remote/practice/engine.ts';
import { OutputQueue } from '../../../../remote/practice/front/output-queue.ts';
import { startWinrmFront } from '../../../../remote/practice/front/winrm-front.ts';
import { messageTypes } from '../../../../remote/psrp/message.ts';
import { pipelineStates, readPipelineState } from '../../../../remote/psrp/messages/pipeline-state.ts';
import { stopPipelineCode } from '../../../../remote/winrm/actions.ts';
import { commandRequest, createRequest, receiveRequest } from '../../../../remote/winrm/shell-requests.ts';
import { creationFragments, messagesOf, pipelineFragments, pipelineId } from '../pool-messages.ts';
import { openShell, practiceServer } from './practice.ts';
import { faultOf, RawWinrmClient, received } from './raw-winrm-client.ts';

test('the three messages of an opening pool come in one Receive', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  await client.signIn();
  await client.create();
  assert.equal(messagesOf(received(await client.receive()).data).length, 3);
});

test('a quick function takes one Receive, with its end', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.command(functionNames.report);
  const { data, done } = received(await client.receive(pipelineId));
  assert.equal(done, true);
  const output = messagesOf(data).find(({ type }) => type === messageTypes.pipelineOutput);
  reportSchema.parse(JSON.parse(String(output?.data)));
});

test('a command whose end was received is gone', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.command(functionNames.report);
  await client.receive(pipelineId);
  assert.equal(faultOf(await client.receive(pipelineId)), 2150858843);
});

test('an answer that does not fit the envelope comes in several', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.command(functionNames.report);
  client.maxEnvelopeSize = 6_000;
  const all: Buffer[] = [];
  let answers = 0;
  for (let done = false; !done; answers++) {
    const answer = received(await client.receive(pipelineId));
    all.push(...answer.data);
    done = answer.done;
  }
  assert.ok(answers > 1);
  assert.equal(messagesOf(all).at(-1)?.type, messageTypes.pipelineState);
});

test('Receive without anything to receive times out after its OperationTimeout', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  client.operationTimeout = 20;
  const answer = await client.receive();
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.subcode], [2150858793, 'TimedOut']);
});

test('Receive holds until there is output', async (t) => {
  const client = await openShell(t, await practiceServer(t, 'limit-too-low', { restartMilliseconds: 300 }));
  await client.command(functionNames.restart, restart());
  const steps: string[] = [];
  for (let done = false; !done; ) {
    const answer = received(await client.receive(pipelineId));
    done = answer.done;
    steps.push(...answer.data.map((fragment) => fragment.toString('latin1')));
  }
  assert.equal(steps.filter((text) => text.includes('>restart<') || text.includes('>wait<')).length, 2);
});

for (const endpoint of ['Microsoft.PowerShell', 'WsusBot2', '../../wbem/wsman/1/windows/shell/cmd']) {
  test(`the endpoint ${endpoint} is fault 2150858811`, async (t) => {
    const client = new RawWinrmClient(t, (await practiceServer(t)).target);
    await client.signIn();
    client.endpoint = endpoint;
    assert.equal(faultOf(await client.create()), 2150858811);
  });
}

test('an account that may sign in but not use the endpoint is denied access', async (t) => {
  const password = 'a visitor';
  const front = await frontWithSilentEngine([
    { domain: 'D', user: 'visitor', password, mayUseEndpoint: false, isAdministrator: false },
  ]);
  t.after(() => front.close());
  const client = new RawWinrmClient(t, {
    name: 'x',
    host: '127.0.0.1',
    port: front.port,
    endpoint: 'WsusBot',
    account: { domain: 'D', user: 'visitor', password },
  });
  assert.equal((await client.signIn()).status, 200);
  const answer = await client.create();
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.subcode], [5, 'AccessDenied']);
});

test('the shell of another account is out of reach', async (t) => {
  const accounts = ['one', 'two'].map((user) => ({
    domain: 'D',
    user,
    password: user,
    mayUseEndpoint: true,
    isAdministrator: false,
  }));
  const front = await frontWithSilentEngine(accounts);
  t.after(() => front.close());
  const clientOf = async (user: string): Promise<RawWinrmClient> => {
    const account = { domain: 'D', user, password: user };
    const client = new RawWinrmClient(t, {
      name: 'x',
      host: '127.0.0.1',
      port: front.port,
      endpoint: 'WsusBot',
      account,
    });
    await client.signIn();
    return client;
  };
  await (await clientOf('one')).create();
  assert.equal(faultOf(await (await clientOf('two')).delete()), 5);
});

test('a shell that is not there is fault 2150858843', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  await client.signIn();
  assert.equal(faultOf(await client.command(functionNames.report)), 2150858843);
});

test('a deleted shell is gone', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  assert.equal(faultOf(await client.delete()), 0);
  assert.equal(faultOf(await client.receive()), 2150858843);
});

test('a shell outlives its socket', async (t) => {
  const server = await practiceServer(t);
  await openShell(t, server);
  server.dropConnections();
  const client = new RawWinrmClient(t, server.target);
  await client.signIn();
  await client.command(functionNames.report);
  assert.equal(received(await client.receive(pipelineId)).done, true);
});

test('more shells than the quota are fault 2150859173, and a deleted one makes room', async (t) => {
  const server = await practiceServer(t, 'limit-too-low', { shellsPerUser: 2 });
  const client = new RawWinrmClient(t, server.target);
  await client.signIn();
  await client.create();
  await client.create(randomUUID());
  const third = randomUUID();
  assert.equal(faultOf(await client.create(third)), 2150859173);
  await client.delete();
  assert.equal(faultOf(await client.create(third)), 0);
});

test('a shell that was left alone for its idle time makes room', async (t) => {
  const clock = { now: new Date('2026-11-25T02:00:00Z') };
  const server = await practiceServer(t, 'limit-too-low', { shellsPerUser: 1, now: () => clock.now });
  const client = new RawWinrmClient(t, server.target);
  await client.signIn();
  await client.create();
  assert.equal(faultOf(await client.create(randomUUID())), 2150859173);
  clock.now = new Date('2026-11-25T02:03:00Z');
  assert.equal(faultOf(await client.create(randomUUID())), 0);
});

for (const [what, change] of [
  ['without the option protocolversion', (xml: string) => xml.replace(/<w:OptionSet.*<\/w:OptionSet>/, '')],
  ['with the streams of a raw shell', (xml: string) => xml.replace('stdin pr', 'stdin')],
  ['with a shell id that is no GUID', (xml: string) => xml.replace(/ShellId="[^"]*"/, 'ShellId="1"')],
  [
    'with fragments that cannot be read',
    (xml: string) => xml.replace(/(<creationXml[^>]*>)[^<]{30}/, `$1${'A'.repeat(22)}AAAAAAAA`),
  ],
] as const) {
  test(`Create ${what} is refused`, async (t) => {
    const client = new RawWinrmClient(t, (await practiceServer(t)).target);
    await client.signIn();
    const xml = client.envelope(createRequest(client.shellId, '2.3', 1000, creationFragments()), undefined);
    const { status } = await client.sendSealed(change(xml));
    assert.equal(status, 500);
    // The answer was left sealed: it took its place in the sequence all the same, so the socket signs in anew.
    await client.signIn();
    assert.equal(faultOf(await client.receive()), 2150858843);
  });
}

test('the id of a command is used once', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.command(functionNames.report);
  assert.equal(faultOf(await client.command(functionNames.report)), 2150858817);
});

test('fragments of a call may come by Send', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  const [first, ...others] = pipelineFragments(
    { name: functionNames.report, parameters: {} },
    pipelineId,
    1500,
  );
  assert.ok(first !== undefined && others.length > 0);
  await client.operate(commandRequest(pipelineId, first));
  for (const fragment of others) assert.equal(faultOf(await client.send(pipelineId, fragment)), 0);
  assert.equal(received(await client.receive(pipelineId)).done, true);
});

test('a signal stops the pipeline', async (t) => {
  const server = await practiceServer(t);
  const client = await openShell(t, server);
  server.misbehave([{ host: 'restart-never-ends' }]);
  await client.command(functionNames.restart, restart());
  assert.equal(faultOf(await client.signal(pipelineId, stopPipelineCode)), 0);
  const { data, done } = received(await client.receive(pipelineId));
  assert.equal(done, true);
  assert.equal(readPipelineState(messagesOf(data).at(-1)?.data ?? null).state, pipelineStates.stopped);
});

test('a signal for a command that is not there, or with an unknown code, is refused', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  assert.equal(faultOf(await client.signal(pipelineId, stopPipelineCode)), 2150858843);
  await client.command(functionNames.report);
  assert.equal(faultOf(await client.signal(pipelineId, 'urn:other')), 2150858817);
});

test('requests that overtake one another on a socket are answered in their order', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  const answers = await Promise.all([client.command(functionNames.report), client.receive(pipelineId)]);
  assert.deepEqual(answers.map(faultOf), [0, 0]);
});

test('when the engine ends its shell is gone', async (t) => {
  const listeners: EngineListener[] = [];
  const account = { domain: 'D', user: 'u', password: 'p', mayUseEndpoint: true, isAdministrator: false };
  const front = await frontWithSilentEngine([account], listeners);
  t.after(() => front.close());
  const client = new RawWinrmClient(t, {
    name: 'x',
    host: '127.0.0.1',
    port: front.port,
    endpoint: 'WsusBot',
    account,
  });
  await client.signIn();
  await client.create();
  listeners[0]?.ended();
  assert.equal(faultOf(await client.receive()), 2150858843);
});

for (const isAdministrator of [false, true]) {
  test(`Windows' own endpoint is open to ${isAdministrator ? 'an administrator' : 'nobody who is none'}`, async (t) => {
    const account = { domain: 'D', user: 'u', password: 'p', mayUseEndpoint: true, isAdministrator };
    const front = await frontWithSilentEngine([account]);
    t.after(() => front.close());
    const client = new RawWinrmClient(t, {
      name: 'x',
      host: '127.0.0.1',
      port: front.port,
      endpoint: 'Microsoft.PowerShell',
      account,
    });
    client.endpoint = 'Microsoft.PowerShell';
    await client.signIn();
    assert.equal(faultOf(await client.create()), isAdministrator ? 0 : 5);
  });
}

test('a queue gives whole chunks, at least one', () => {
  const queue = new OutputQueue();
  for (const size of [3000, 10, 10, 3000]) queue.push(Buffer.alloc(size));
  assert.deepEqual(
    queue.take(100).map(({ length }) => length),
    [3000],
  );
  assert.deepEqual(
    queue.take(400).map(({ length }) => length),
    [10, 10],
  );
  assert.equal(queue.empty, false);
});

test('Web.config is read where the report says', async (t) => {
  const server = await practiceServer(t);
  const client = await openShell(t, server);
  await client.command(functionNames.report);
  const { data } = received(await client.receive(pipelineId));
  const output = messagesOf(data).find(({ type }) => type === messageTypes.pipelineOutput);
  const { file } = reportSchema.parse(JSON.parse(String(output?.data)));
  assert.ok(file.ok);
  assert.deepEqual(Buffer.from(file.bytes, 'base64'), await readFile(server.webConfig));
});

test('Receive names the stream stdout', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  const parts = receiveRequest(undefined);
  assert.equal(
    faultOf(await client.operate({ ...parts, body: parts.body.replace('stdout', 'stderr') })),
    2150858817,
  );
});

function restart(): Record<string, string> {
  return {
    ChangeId: randomUUID(),
    NotAfter: new Date(Date.now() + 60_000).toISOString(),
    Activation: 'IISReset',
  };
}

function frontWithSilentEngine(
  accounts: Parameters<typeof startWinrmFront>[0]['accounts'],
  listeners: EngineListener[] = [],
) {
  const engine: Engine = {
    openPool(_fragments, listener) {
      listeners.push(listener);
      return { startPipeline() {}, feed() {}, signal() {}, close() {} };
    },
  };
  return startWinrmFront({
    computer: 'X',
    endpoints: new Map([
      ['wsusbot', engine],
      ['microsoft.powershell', engine],
    ]),
    accounts,
    randomBytes: (size) => Buffer.alloc(size, 7),
    now: () => new Date('2026-11-25T02:00:00Z'),
    wait: async () => {},
  });
}
