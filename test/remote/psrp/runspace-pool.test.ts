import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyGuid, guidFromRandom } from '../../../remote/psrp/guid.ts';
import { messageTypes } from '../../../remote/psrp/message.ts';
import { createPipelineData, readCreatePipeline } from '../../../remote/psrp/messages/create-pipeline.ts';
import { errorRecordData } from '../../../remote/psrp/messages/error-record.ts';
import { pipelineStateData, pipelineStates } from '../../../remote/psrp/messages/pipeline-state.ts';
import { progressRecordData } from '../../../remote/psrp/messages/progress-record.ts';
import {
  runspacePoolStateData,
  runspacePoolStates,
} from '../../../remote/psrp/messages/runspace-pool-state.ts';
import { sessionCapabilityData } from '../../../remote/psrp/messages/session-capability.ts';
import { RunspacePool } from '../../../remote/psrp/runspace-pool.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import { failure } from '../failure.ts';
import { completed, failed, opened, output, type Reply, ScriptedTransport } from './scripted-transport.ts';

const call = { doing: 'reading wsus01', deadline: 0 };
const command = { ...call, name: 'Get-It', parameters: {} };

async function openPool(...answers: ConstructorParameters<typeof ScriptedTransport>) {
  const transport = new ScriptedTransport([opened], ...answers);
  let number = 0;
  const pool = new RunspacePool(transport, () => guidFromRandom(Buffer.alloc(16, ++number)));
  await pool.open(call);
  transport.calls.length = 0;
  return { pool, transport };
}

test('the pool opens with capability and init, and waits for the state opened over several answers', async () => {
  const opening: Reply = [messageTypes.runspacePoolState, runspacePoolStateData(runspacePoolStates.opening)];
  const transport = new ScriptedTransport([opening], [], [opened]);
  await new RunspacePool(transport, () => emptyGuid).open(call);
  assert.deepEqual(transport.calls, ['open', 'receive pool', 'receive pool', 'receive pool']);
  assert.deepEqual(
    transport.received.map(({ type }) => type),
    [messageTypes.sessionCapability, messageTypes.initRunspacePool],
  );
});

test('a pool that breaks instead of opening is refused', async () => {
  const broken: Reply = [messageTypes.runspacePoolState, runspacePoolStateData(runspacePoolStates.broken)];
  const error = await failure(new RunspacePool(new ScriptedTransport([broken]), () => emptyGuid).open(call));
  assert.deepEqual([error.code, error.outcome], ['remote.fault', 'refused']);
});

test('whatever is lost while the pool opens, no function ran', async () => {
  const lost = new RemoteError('remote.connection-lost', { doing: 'x', outcome: 'unknown' });
  const error = await failure(new RunspacePool(new ScriptedTransport(lost), () => emptyGuid).open(call));
  assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'not-sent']);
});

test('a command comes to its output, its errors and its progress, in the order they came', async () => {
  const { pool, transport } = await openPool(
    [[messageTypes.progressRecord, progressRecordData({ activity: 'a', status: 'read', percent: 5 })]],
    [
      output('one'),
      [
        messageTypes.errorRecord,
        errorRecordData({ message: 'small', fullyQualifiedErrorId: '', target: '' }),
      ],
    ],
    [output('two'), completed],
  );
  const seen: string[] = [];
  const result = await pool.invoke({ ...command, onProgress: ({ status }) => void seen.push(status) });
  assert.deepEqual(result.output, ['one', 'two']);
  assert.deepEqual(
    result.errors.map(({ message }) => message),
    ['small'],
  );
  assert.deepEqual(seen, ['read']);
  assert.deepEqual(transport.calls, ['command', 'receive', 'receive', 'receive']);
});

test('a command too long for one fragment goes on in Sends and arrives whole', async () => {
  const { pool, transport } = await openPool([completed]);
  const long = 'x'.repeat(70_000);
  await pool.invoke({ ...command, parameters: { Text: long } });
  assert.deepEqual(transport.calls, ['command', 'send', 'send', 'receive']);
  const [received] = readCreatePipeline(transport.received.at(-1)?.data ?? null);
  assert.deepEqual(received?.parameters, [{ name: 'Text', value: long }]);
});

test('a pipeline whose end the transport did not announce is released', async () => {
  const { pool, transport } = await openPool([failed('x')]);
  await failure(pool.invoke(command));
  assert.deepEqual(transport.calls, ['command', 'receive', 'signal']);
});

test('messages of other kinds are passed over', async () => {
  const { pool } = await openPool([
    [0x00041009, 'a warning'],
    [0x00041011, null],
    [0x00099999, 'never heard of'],
    output('x'),
    completed,
  ]);
  assert.deepEqual((await pool.invoke(command)).output, ['x']);
});

test('a pipeline that ends without its state is a broken answer of unknown outcome', async () => {
  const { pool } = await openPool([output('x')], 'done');
  const error = await failure(pool.invoke(command));
  assert.deepEqual([error.code, error.outcome], ['remote.broken-answer', 'unknown']);
});

test('a loss after the command was taken has an unknown outcome, whatever the transport says of its own request', async () => {
  for (const outcome of ['not-sent', 'refused', 'unknown'] as const) {
    const { pool } = await openPool(
      new RemoteError('remote.connection-lost', { doing: 'x', detail: 'd', outcome }),
    );
    const error = await failure(pool.invoke(command));
    assert.deepEqual([error.code, error.outcome, error.detail], ['remote.connection-lost', 'unknown', 'd']);
  }
});

for (const [what, id, target, outcome] of [
  ['the command is not found', 'CommandNotFoundException', 'Get-It', 'refused'],
  ['another command is not found in its body', 'CommandNotFoundException', 'Get-Other', 'unknown'],
  ['its parameter is not accepted', 'ParameterArgumentValidationError,Get-It', '', 'refused'],
  ['its parameter is not known', 'NamedParameterNotFound,Get-It', '', 'refused'],
  ['its parameter has another type', 'ParameterArgumentTransformationError,Get-It', '', 'refused'],
  ['a parameter is missing', 'MissingMandatoryParameter,Get-It', '', 'refused'],
  [
    'a parameter of a command in its body is not accepted',
    'ParameterArgumentValidationError,Get-Other',
    '',
    'unknown',
  ],
  ['it throws', 'RuntimeException', '', 'unknown'],
] as const) {
  test(`when ${what}, the outcome is ${outcome}`, async () => {
    const { pool } = await openPool([failed(id, target, 'server text')]);
    const error = await failure(pool.invoke(command));
    assert.deepEqual(
      [error.code, error.outcome, error.serverText],
      ['remote.function-failed', outcome, 'server text'],
    );
    assert.equal(error.message.includes('server text'), false);
  });
}

test('an error of the language mode is named as that', async () => {
  const { pool } = await openPool([failed('MethodInvocationNotSupportedInConstrainedLanguage')]);
  const error = await failure(pool.invoke(command));
  assert.deepEqual([error.code, error.outcome], ['remote.language-mode', 'unknown']);
});

test('what is asked for once a pipeline was handed over comes before its answers', async () => {
  const stopped: Reply = [messageTypes.pipelineState, pipelineStateData(pipelineStates.stopped)];
  const { pool, transport } = await openPool([stopped]);
  const end = await pool.runPipeline(createPipelineData(command), call, (id) => transport.stop(id));
  assert.deepEqual(end, { how: 'stopped', failure: undefined });
  assert.deepEqual(transport.calls.slice(0, 3), ['command', 'stop', 'receive']);
});

test('the pool knows the protocol version that the server named', async () => {
  const capability: Reply = [messageTypes.sessionCapability, sessionCapabilityData()];
  const pool = new RunspacePool(new ScriptedTransport([capability, opened]), () => emptyGuid);
  assert.equal(pool.protocolVersion, '');
  await pool.open(call);
  assert.equal(pool.protocolVersion, '2.3');
});
