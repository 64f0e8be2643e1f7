import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { ClixmlValue } from '../../../remote/psrp/clixml-value.ts';
import { Defragmenter, encodeFragments } from '../../../remote/psrp/fragment.ts';
import { emptyGuid, guidFromRandom } from '../../../remote/psrp/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  messageTypes,
  type PsrpMessage,
} from '../../../remote/psrp/message.ts';
import { readCreatePipeline } from '../../../remote/psrp/messages/create-pipeline.ts';
import { errorRecordData } from '../../../remote/psrp/messages/error-record.ts';
import { pipelineStateData, pipelineStates } from '../../../remote/psrp/messages/pipeline-state.ts';
import { progressRecordData } from '../../../remote/psrp/messages/progress-record.ts';
import {
  runspacePoolStateData,
  runspacePoolStates,
} from '../../../remote/psrp/messages/runspace-pool-state.ts';
import { RunspacePool } from '../../../remote/psrp/runspace-pool.ts';
import type { PsrpTransport, ReceivedData } from '../../../remote/psrp/transport.ts';
import { RemoteError } from '../../../remote/remote-error.ts';

type Reply = readonly [type: number, data: ClixmlValue];

/** A transport without a wire: answers each Receive with the next of these replies, and keeps what it was given. */
class ScriptedTransport implements PsrpTransport {
  readonly calls: string[] = [];
  readonly received: PsrpMessage[] = [];
  readonly #defragmenter = new Defragmenter();
  readonly #answers: (readonly Reply[] | 'done' | Error)[];
  #objectId = 0n;

  constructor(...answers: (readonly Reply[] | 'done' | Error)[]) {
    this.#answers = answers;
  }

  async open(_poolId: string, creationFragments: Buffer) {
    this.#take('open', creationFragments);
  }
  async command(_pipelineId: string, firstFragment: Buffer) {
    this.#take('command', firstFragment);
  }
  async send(_pipelineId: string | undefined, fragment: Buffer) {
    this.#take('send', fragment);
  }
  async receive(pipelineId: string | undefined): Promise<ReceivedData> {
    this.calls.push(pipelineId === undefined ? 'receive pool' : 'receive');
    const answer = this.#answers.shift() ?? assert.fail('received once too often');
    if (answer instanceof Error) throw answer;
    if (answer === 'done') return { data: [], done: true };
    const messages = answer.map(([type, data]) => ({ destination: 'client' as const, type, data }));
    const ids = { poolId: emptyGuid, pipelineId: pipelineId ?? emptyGuid };
    const fragments = messages.flatMap((m) =>
      encodeFragments(++this.#objectId, encodeMessage({ ...m, ...ids }), 200),
    );
    const ended = answer.some(
      ([type, data]) => type === messageTypes.pipelineState && inspect(data).includes("'PipelineState' => 4"),
    );
    return { data: fragments, done: ended };
  }
  async signal() {
    this.calls.push('signal');
  }
  async close() {
    this.calls.push('close');
  }
  #take(name: string, bytes: Buffer) {
    this.calls.push(name);
    this.received.push(...this.#defragmenter.push(bytes).map(decodeMessage));
  }
}

const opened: Reply = [messageTypes.runspacePoolState, runspacePoolStateData(runspacePoolStates.opened)];
const completed: Reply = [messageTypes.pipelineState, pipelineStateData(pipelineStates.completed)];
const output = (text: string): Reply => [messageTypes.pipelineOutput, text];
const failed = (id: string, target = '', message = 'no'): Reply => [
  messageTypes.pipelineState,
  pipelineStateData(pipelineStates.failed, { message, fullyQualifiedErrorId: id, target }),
];
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

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error = await promise.then(
    () => assert.fail('it brought a result'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, inspect(error));
  return error;
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
