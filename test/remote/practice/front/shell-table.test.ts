import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { EngineListener } from '../../../../remote/practice/engine.ts';
import type { Caller } from '../../../../remote/practice/front/shell-reply.ts';
import { ShellTable } from '../../../../remote/practice/front/shell-table.ts';
import { endpointUri } from '../../../../remote/winrm/actions.ts';
import type { ShellRequest } from '../../../../remote/winrm/server-envelope.ts';
import { creationFragments, pipelineFragments, pipelineId, poolId } from '../pool-messages.ts';

const common = {
  messageId: 'uuid:1',
  resourceUri: endpointUri('WsusBot'),
  operationTimeout: 60_000,
  maxEnvelopeSize: undefined,
  options: new Map([['protocolversion', '2.3']]),
  shellId: poolId,
};
const receive = (commandId: string): ShellRequest => ({
  ...common,
  operation: 'receive',
  commandId,
  streams: 'stdout',
});

/** A table with one shell and one command of an engine that says only what the test makes it say. */
async function openTable(t: TestContext) {
  const listeners: EngineListener[] = [];
  const table = new ShellTable({
    endpoints: new Map([
      [
        'wsusbot',
        {
          openPool(_fragments, listener) {
            listeners.push(listener);
            return { startPipeline() {}, feed() {}, signal() {}, close() {} };
          },
        },
      ],
    ]),
    now: () => new Date('2026-11-25T02:00:00Z'),
    shellsPerUser: 1,
    settleMilliseconds: 60_000,
  });
  t.after(() => table.close());
  const gone = new AbortController();
  const account = { domain: 'D', user: 'u', password: 'p', mayUseEndpoint: true, isAdministrator: false };
  const caller: Caller = { account, gone: gone.signal };
  const create = { inputStreams: 'stdin pr', outputStreams: 'stdout', idleTimeout: undefined };
  await table.answer(
    {
      ...common,
      ...create,
      operation: 'create',
      wantedShellId: poolId,
      creationFragments: creationFragments(),
    },
    caller,
  );
  const fragments = Buffer.concat(pipelineFragments({ name: 'Get-WsusBotReport', parameters: {} }));
  await table.answer(
    { ...common, operation: 'command', commandId: pipelineId, command: '', fragments },
    caller,
  );
  const [engine] = listeners;
  assert.ok(engine !== undefined);
  return { table, engine, gone, caller, patient: { account, gone: new AbortController().signal } };
}

test('output whose Receive lost its socket while waiting stays for the next', async (t) => {
  const { table, engine, gone, caller, patient } = await openTable(t);
  const lost = table.answer(receive(''), caller);
  gone.abort();
  assert.equal((await lost).kind, 'fault');
  engine.poolOutput(Buffer.from('opened'));
  const reply = await table.answer(receive(''), patient);
  assert.deepEqual(reply, {
    kind: 'response',
    response: { operation: 'receive', commandId: '', streams: [Buffer.from('opened')] },
  });
});

test('output that came before the socket was lost stays as well', async (t) => {
  const { table, engine, gone, caller, patient } = await openTable(t);
  const lost = table.answer(receive(pipelineId), caller);
  engine.pipelineOutput(pipelineId, Buffer.from('half'));
  gone.abort();
  await lost;
  engine.pipelineEnded(pipelineId);
  const reply = await table.answer(receive(pipelineId), patient);
  assert.deepEqual(reply, {
    kind: 'response',
    response: { operation: 'receive', commandId: pipelineId, streams: [Buffer.from('half')], state: 'done' },
  });
});

test('an answer is held back until the command ends', async (t) => {
  const { table, engine, patient } = await openTable(t);
  const reply = table.answer(receive(pipelineId), patient);
  engine.pipelineOutput(pipelineId, Buffer.from('a'));
  await Promise.resolve();
  engine.pipelineOutput(pipelineId, Buffer.from('b'));
  engine.pipelineEnded(pipelineId);
  const { response } = (await reply) as { response: unknown };
  assert.deepEqual(response, {
    operation: 'receive',
    commandId: pipelineId,
    streams: [Buffer.from('a'), Buffer.from('b')],
    state: 'done',
  });
});

for (const commandId of ['', pipelineId]) {
  test(`a Receive of ${commandId === '' ? 'the pool' : 'a command'} that waits hears that the engine ended`, async (t) => {
    const { table, engine, patient } = await openTable(t);
    const waiting = table.answer(receive(commandId), patient);
    engine.ended();
    const reply = await waiting;
    assert.equal(reply.kind === 'fault' && reply.fault.code, 995);
  });
}

test('the function that a command calls is known by its command and by what follows', async (t) => {
  const { table } = await openTable(t);
  assert.equal(table.functionOf(receive(pipelineId)), 'Get-WsusBotReport');
  assert.equal(table.functionOf(receive('')), undefined);
});
