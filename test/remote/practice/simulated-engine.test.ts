import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { functionNames, reportSchema } from '../../../remote/contract.ts';
import { createSimulatedEngine } from '../../../remote/practice/simulated-engine.ts';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import { extendedObject, listObject } from '../../../remote/psrp/clixml-value.ts';
import { messageTypes, type PsrpMessage } from '../../../remote/psrp/message.ts';
import { pipelineStates, readPipelineState } from '../../../remote/psrp/messages/pipeline-state.ts';
import { readProgressRecord } from '../../../remote/psrp/messages/progress-record.ts';
import {
  readRunspacePoolState,
  runspacePoolStates,
} from '../../../remote/psrp/messages/runspace-pool-state.ts';
import { hostOf, raiseTo800 } from './host/practice-host.ts';
import {
  clientFragments,
  creationFragments,
  messagesOf,
  pipelineFragments,
  pipelineId,
  poolId,
} from './pool-messages.ts';

async function openPool(t: TestContext) {
  const made = await hostOf(t, 'limit-too-low');
  const poolOutput: Uint8Array[] = [];
  const pipelineOutput: Uint8Array[] = [];
  const ended = Promise.withResolvers<string>();
  const pool = createSimulatedEngine(made.host).openPool(creationFragments(), {
    poolOutput: (fragments) => poolOutput.push(fragments),
    pipelineOutput: (_id, fragments) => pipelineOutput.push(fragments),
    pipelineEnded: (id) => ended.resolve(id),
    ended: () => ended.reject(new Error('the engine ended')),
  });
  const outcome = async (): Promise<PsrpMessage[]> => {
    assert.equal(await ended.promise, pipelineId);
    return messagesOf(pipelineOutput);
  };
  return { ...made, pool, poolOutput, pipelineOutput, outcome };
}

function stateOf(messages: readonly PsrpMessage[]) {
  const last = messages.at(-1);
  assert.equal(last?.type, messageTypes.pipelineState);
  return readPipelineState(last.data);
}

test('a pool answers with capability, private data and the state opened', async (t) => {
  const { poolOutput } = await openPool(t);
  const messages = messagesOf(poolOutput);
  assert.deepEqual(
    messages.map(({ type }) => type),
    [messageTypes.sessionCapability, messageTypes.applicationPrivateData, messageTypes.runspacePoolState],
  );
  assert.ok(messages.every((message) => message.destination === 'client' && message.poolId === poolId));
  assert.equal(readRunspacePoolState(messages[2]?.data ?? null).state, runspacePoolStates.opened);
});

test('messages of the server begin with a byte order mark, as those of Windows do', async (t) => {
  const { poolOutput } = await openPool(t);
  const [first] = poolOutput;
  assert.deepEqual(first?.subarray(21 + 40, 21 + 43), Buffer.from([0xef, 0xbb, 0xbf]));
});

test('a function answers one JSON string, then completed', async (t) => {
  const { pool, outcome } = await openPool(t);
  pool.startPipeline(
    pipelineId,
    Buffer.concat(pipelineFragments({ name: functionNames.report, parameters: {} })),
  );
  const messages = await outcome();
  const outputs = messages.filter(({ type }) => type === messageTypes.pipelineOutput);
  assert.equal(outputs.length, 1);
  reportSchema.parse(JSON.parse(String(outputs[0]?.data)));
  assert.equal(stateOf(messages).state, pipelineStates.completed);
  assert.ok(messages.every((message) => message.pipelineId === pipelineId));
});

test('the steps of a function are progress records, in order, before its answer', async (t) => {
  const { pool, outcome, folder } = await openPool(t);
  const { parameters } = await raiseTo800(folder.webConfig);
  pool.startPipeline(pipelineId, Buffer.concat(pipelineFragments({ name: functionNames.apply, parameters })));
  const messages = await outcome();
  const progress = messages
    .filter(({ type }) => type === messageTypes.progressRecord)
    .map(({ data }) => readProgressRecord(data));
  assert.deepEqual(
    progress.map(({ status }) => status),
    ['read', 'backup', 'write', 'verify-file'],
  );
  assert.ok(progress.every(({ activity }) => activity === functionNames.apply));
  assert.deepEqual(messages.map(({ type }) => type).slice(4), [
    messageTypes.pipelineOutput,
    messageTypes.pipelineState,
  ]);
});

test('a message in several fragments, sent one by one, is one call', async (t) => {
  const { pool, outcome } = await openPool(t);
  const [first, ...others] = pipelineFragments(
    { name: functionNames.report, parameters: {} },
    pipelineId,
    700,
  );
  assert.ok(first !== undefined && others.length > 1);
  pool.startPipeline(pipelineId, first);
  for (const fragment of others) pool.feed(pipelineId, fragment);
  assert.equal(stateOf(await outcome()).state, pipelineStates.completed);
});

test('a script is refused as in no-language mode', async (t) => {
  const { pool, outcome, host } = await openPool(t);
  const command = extendedObject({ Cmd: 'iisreset', IsScript: true, Args: listObject([]) });
  const data = extendedObject({ PowerShell: extendedObject({ Cmds: listObject([command]) }) });
  pool.startPipeline(
    pipelineId,
    Buffer.concat(clientFragments(3n, messageTypes.createPipeline, pipelineId, data)),
  );
  const { state, error } = stateOf(await outcome());
  assert.equal(state, pipelineStates.failed);
  assert.match(error?.message ?? '', /no-language mode/);
  assert.deepEqual(host.restarts, []);
});

test('a pipeline of two commands is refused, also when the first is listed', async (t) => {
  const { pool, outcome } = await openPool(t);
  const command = (name: string) => extendedObject({ Cmd: name, IsScript: false, Args: listObject([]) });
  const data = extendedObject({
    PowerShell: extendedObject({ Cmds: listObject([command(functionNames.report), command('Out-File')]) }),
  });
  pool.startPipeline(
    pipelineId,
    Buffer.concat(clientFragments(3n, messageTypes.createPipeline, pipelineId, data)),
  );
  assert.equal(stateOf(await outcome()).state, pipelineStates.failed);
});

test('a command that is not listed is not recognized', async (t) => {
  const { pool, outcome } = await openPool(t);
  pool.startPipeline(pipelineId, Buffer.concat(pipelineFragments({ name: 'Get-ChildItem', parameters: {} })));
  const { state, error } = stateOf(await outcome());
  assert.equal(state, pipelineStates.failed);
  assert.deepEqual(
    [error?.fullyQualifiedErrorId, error?.target],
    ['CommandNotFoundException', 'Get-ChildItem'],
  );
});

test('a signalled pipeline is stopped and says nothing more, while the function goes on to its end', async (t) => {
  const { pool, outcome, host, folder, pipelineOutput } = await openPool(t);
  const { before, after, parameters } = await raiseTo800(folder.webConfig);
  host.setFaults([{ host: 'slow-step', step: 'write', milliseconds: 1 }], before);
  const written = Promise.withResolvers<void>();
  t.mock.method(host.settings, 'wait', () => written.promise);
  pool.startPipeline(pipelineId, Buffer.concat(pipelineFragments({ name: functionNames.apply, parameters })));
  pool.signal(pipelineId);
  assert.equal(stateOf(await outcome()).state, pipelineStates.stopped);
  const length = pipelineOutput.length;
  written.resolve();
  await until(() => host.activity === null);
  assert.equal(pipelineOutput.length, length);
  assert.equal((await raiseTo800(folder.webConfig)).before.equals(after), true);
});

test('a closed pool says nothing more', async (t) => {
  const { pool, pipelineOutput, host } = await openPool(t);
  pool.startPipeline(
    pipelineId,
    Buffer.concat(pipelineFragments({ name: functionNames.restart, parameters: restart })),
  );
  const { length } = pipelineOutput;
  pool.close();
  await until(() => host.restarts.length === 1 && host.activity === null);
  assert.equal(pipelineOutput.length, length);
});

test('fragments that cannot be read are refused', async (t) => {
  const { host } = await hostOf(t, 'healthy');
  const listener = { poolOutput() {}, pipelineOutput() {}, pipelineEnded() {}, ended() {} };
  const broken = creationFragments();
  broken.writeBigUInt64BE(7n, 8);
  assert.throws(() => createSimulatedEngine(host).openPool(broken, listener), ProtocolError);
});

const restart = {
  ChangeId: '11111111-1111-4111-8111-111111111111',
  NotAfter: '2026-11-25T03:14:00.000Z',
  Activation: 'IISReset',
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
