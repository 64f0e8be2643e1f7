import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { functionNames } from '../../../remote/contract.ts';
import { MisbehaviourTable } from '../../../remote/practice/front/misbehaviour-table.ts';
import type { MessageKind, Misdeed } from '../../../remote/practice/misbehaviour.ts';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import { stopPipelineCode } from '../../../remote/winrm/actions.ts';
import { openBody } from '../../../remote/winrm/sealed-body.ts';
import { commandRequest, receiveRequest } from '../../../remote/winrm/shell-requests.ts';
import { openShell, practiceServer } from './front/practice.ts';
import { faultOf, RawWinrmClient, received } from './front/raw-winrm-client.ts';
import { raiseTo800 } from './host/practice-host.ts';
import { pipelineFragments, pipelineId } from './pool-messages.ts';

/** A shell on a server, and a sealed Set-WsusBotLimit ready to be sent. */
async function aboutToApply(t: TestContext) {
  const server = await practiceServer(t);
  const client = await openShell(t, server);
  const { before, after, parameters } = await raiseTo800(server.webConfig);
  const call = { ...parameters, NotAfter: new Date(Date.now() + 60_000).toISOString() };
  const send = () =>
    client.sendSealed(
      client.envelope(
        commandRequest(
          pipelineId,
          Buffer.concat(pipelineFragments({ name: functionNames.apply, parameters: call })),
        ),
      ),
    );
  const onDisk = () => readFile(server.webConfig);
  return { server, client, before, after, send, onDisk };
}

test('dropping before executing leaves the file as it was', async (t) => {
  const { server, send, onDisk, before } = await aboutToApply(t);
  server.misbehave([{ on: 'Command', misdeed: { kind: 'drop-before-executing' } }]);
  await assert.rejects(send());
  assert.deepEqual(await onDisk(), before);
});

test('dropping after executing happens when the function has run to its end', async (t) => {
  const { server, send, onDisk, after } = await aboutToApply(t);
  server.misbehave([{ on: 'Command', misdeed: { kind: 'drop-after-executing' } }]);
  await assert.rejects(send());
  assert.deepEqual(await onDisk(), after);
  assert.deepEqual(server.stats(), { restarts: 0, writes: 1 });
});

test('no answer leaves the socket open until the server closes, and executes unless told not to', async (t) => {
  for (const executed of [true, false]) {
    const { server, send, onDisk, before, after } = await aboutToApply(t);
    server.misbehave([{ on: 'Command', misdeed: { kind: 'no-answer', executed } }]);
    const answer = send();
    answer.catch(() => {});
    if (executed) await until(() => server.stats().writes === 1);
    const other = await openOther(t, server.target);
    assert.equal(await Promise.race([answer, Promise.resolve('nothing')]), 'nothing');
    server.dropConnections();
    await assert.rejects(answer);
    assert.ok(other.context !== undefined);
    assert.deepEqual(await onDisk(), executed ? after : before);
  }
});

test('a delay is followed by the proper answer', async (t) => {
  const { server, send, onDisk, after } = await aboutToApply(t);
  server.misbehave([{ on: 'Command', misdeed: { kind: 'delay', milliseconds: 5 } }]);
  assert.equal((await send()).status, 200);
  await until(() => server.stats().writes === 1);
  assert.deepEqual(await onDisk(), after);
});

test('401 in mid-session forgets who signed in', async (t) => {
  const { server, client, send, onDisk, before } = await aboutToApply(t);
  server.misbehave([{ on: 'Command', nth: 1, misdeed: { kind: 'unauthorized' } }]);
  const { status, authenticate } = await send();
  assert.deepEqual([status, authenticate], [401, 'Negotiate']);
  assert.equal((await send()).status, 400);
  await client.signIn();
  assert.equal(faultOf(await client.command(functionNames.report)), 0);
  assert.deepEqual(await onDisk(), before);
});

test('an HTTP answer of any kind comes unsealed', async (t) => {
  const { server, send, onDisk, before } = await aboutToApply(t);
  server.misbehave([
    { on: 'Command', nth: 1, misdeed: { kind: 'http-status', status: 500 } },
    { on: 'Command', nth: 2, misdeed: { kind: 'http-status', status: 502, body: '<html>proxy</html>' } },
  ]);
  const [first, second] = [await send(), await send()];
  assert.deepEqual([first.status, first.body.length], [500, 0]);
  assert.deepEqual([second.status, second.body.toString()], [502, '<html>proxy</html>']);
  assert.deepEqual(await onDisk(), before);
});

for (const executed of [false, true]) {
  test(`a fault with any code is sealed, and what it answers was ${executed ? '' : 'not '}executed`, async (t) => {
    const { server, client, onDisk, before, after } = await aboutToApply(t);
    server.misbehave([
      { on: 'Command', misdeed: { kind: 'fault', code: 2150859174, text: 'too many', executed } },
    ]);
    const { parameters } = await raiseTo800(server.webConfig);
    const answer = await client.command(functionNames.apply, {
      ...parameters,
      NotAfter: new Date(Date.now() + 60_000).toISOString(),
    });
    assert.ok(!answer.ok);
    assert.deepEqual([answer.fault.code, answer.fault.reason], [2150859174, 'too many']);
    assert.deepEqual(await onDisk(), executed ? after : before);
  });
}

for (const kind of ['truncated-sealed-body', 'corrupted-sealed-body', 'wrong-length'] as const) {
  test(`a ${kind} cannot be opened, and what it answers was executed`, async (t) => {
    const { server, client, send, onDisk, after } = await aboutToApply(t);
    server.misbehave([{ on: 'Command', misdeed: { kind } }]);
    const { status, body } = await send();
    assert.equal(status, 200);
    assert.throws(() => openBody(client.context as NonNullable<typeof client.context>, body), ProtocolError);
    assert.deepEqual(await onDisk(), after);
  });
}

test('output of a Receive that was answered badly is gone', async (t) => {
  const server = await practiceServer(t);
  const client = await openShell(t, server);
  await client.command(functionNames.report);
  server.misbehave([{ on: 'Receive', misdeed: { kind: 'corrupted-sealed-body' } }]);
  await client.sendSealed(client.envelope(receiveRequest(pipelineId)));
  server.misbehave([]);
  await client.signIn();
  assert.equal(faultOf(await client.receive(pipelineId)), 2150858843);
});

test('misbehaviour of one function leaves the others alone', async (t) => {
  const server = await practiceServer(t);
  const client = await openShell(t, server);
  server.misbehave([
    { on: 'Receive', functionName: functionNames.apply, misdeed: { kind: 'drop-before-executing' } },
  ]);
  await client.command(functionNames.report);
  assert.equal(received(await client.receive(pipelineId)).done, true);
});

const misdeeds: readonly Misdeed[] = [
  { kind: 'drop-before-executing' },
  { kind: 'drop-after-executing' },
  { kind: 'unauthorized' },
  { kind: 'http-status', status: 503 },
  { kind: 'fault', code: 170 },
  { kind: 'truncated-sealed-body' },
  { kind: 'corrupted-sealed-body' },
  { kind: 'wrong-length' },
];
const operations: Readonly<
  Record<Exclude<MessageKind, 'handshake'>, (client: RawWinrmClient) => Promise<unknown>>
> = {
  Create: (client) => client.create('11111111-2222-4333-8444-555555555555'),
  Command: (client) => client.command(functionNames.report, {}, '21111111-2222-4333-8444-555555555555'),
  Send: (client) => client.send(undefined, Buffer.alloc(0)),
  Receive: (client) => client.receive(pipelineId),
  Signal: (client) => client.signal(pipelineId, stopPipelineCode),
  Delete: (client) => client.delete(),
};

for (const [on, operate] of Object.entries(operations) as [
  keyof typeof operations,
  (typeof operations)['Create'],
][]) {
  test(`each misdeed spoils a ${on}`, async (t) => {
    const server = await practiceServer(t);
    for (const misdeed of misdeeds) {
      const client = new RawWinrmClient(t, server.target);
      client.operationTimeout = 20;
      await client.signIn();
      await client.create();
      await client.receive();
      await client.command(functionNames.report);
      server.misbehave([{ on, misdeed }]);
      const outcome = await operate(client).then(
        (answer) => faultOf(answer as Parameters<typeof faultOf>[0]),
        () => 'spoilt',
      );
      assert.equal(outcome, misdeed.kind === 'fault' ? 170 : 'spoilt', misdeed.kind);
      server.misbehave([]);
      await client.signIn();
      await client.delete();
    }
  });
}

for (const misdeed of [...misdeeds, { kind: 'delay', milliseconds: 1 } as const]) {
  test(`a handshake can meet ${misdeed.kind}`, async (t) => {
    const server = await practiceServer(t);
    const client = new RawWinrmClient(t, server.target);
    server.misbehave([{ on: 'handshake', nth: 2, misdeed }]);
    const outcome = await client.signIn().then(
      ({ status }) => status,
      () => 'dropped',
    );
    const expected: Record<string, unknown> = {
      delay: 200,
      unauthorized: 401,
      'http-status': 503,
      'drop-before-executing': 'dropped',
      'drop-after-executing': 'dropped',
    };
    assert.equal(outcome, expected[misdeed.kind] ?? 500);
    assert.equal((await client.signIn()).status, 200);
  });
}

test('an entry applies to the nth message that matches it, or to every one', () => {
  const table = new MisbehaviourTable();
  table.set([
    { on: 'Receive', functionName: 'A', nth: 2, misdeed: { kind: 'drop-before-executing' } },
    { on: 'Create', misdeed: { kind: 'unauthorized' } },
  ]);
  const kinds = [
    table.next('Receive', 'A'),
    table.next('Receive', 'B'),
    table.next('Receive', 'A'),
    table.next('Receive', 'A'),
  ];
  assert.deepEqual(
    kinds.map((misdeed) => misdeed?.kind),
    [undefined, undefined, 'drop-before-executing', undefined],
  );
  assert.deepEqual(
    [table.next('Create', undefined)?.kind, table.next('Create', undefined)?.kind],
    ['unauthorized', 'unauthorized'],
  );
});

async function openOther(t: TestContext, target: ConstructorParameters<typeof RawWinrmClient>[1]) {
  const client = new RawWinrmClient(t, target);
  await client.signIn();
  return client;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
