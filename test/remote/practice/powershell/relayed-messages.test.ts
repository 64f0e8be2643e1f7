import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RelayedMessages } from '../../../../remote/practice/powershell/relayed-messages.ts';
import { encodeFragments } from '../../../../remote/psrp/fragment.ts';
import { encodeMessage, messageTypes, type PsrpMessage } from '../../../../remote/psrp/message.ts';
import { pipelineStateData } from '../../../../remote/psrp/messages/pipeline-state.ts';
import { pipelineId, poolId } from '../pool-messages.ts';

const header = { destination: 'client', poolId, pipelineId } as const;
const fragmentsOf = (type: number, data: PsrpMessage['data'], largest?: number) =>
  encodeFragments(1n, encodeMessage({ ...header, type, data }), largest);
/** A message of a type, with these bytes in the place of its CLIXML. */
const rawFragments = (type: number, text: string) => {
  const message = encodeMessage({ ...header, type, data: '' });
  return Buffer.concat(encodeFragments(1n, Buffer.concat([message.subarray(0, 40), Buffer.from(text)])));
};

for (const [state, kind] of [
  [1, 'other'],
  [2, 'other'],
  [3, 'pipeline-end'],
  [4, 'pipeline-end'],
  [5, 'pipeline-end'],
] as const) {
  test(`the pipeline state ${state} is ${kind}`, () => {
    const fragments = Buffer.concat(fragmentsOf(messageTypes.pipelineState, pipelineStateData(state)));
    assert.deepEqual(new RelayedMessages().push(fragments), [kind]);
  });
}

test('the state of a pool is known without being read', () => {
  assert.deepEqual(new RelayedMessages().push(rawFragments(messageTypes.runspacePoolState, '<no')), [
    'pool-state',
  ]);
});

test('a message of a type that nobody knows, or that cannot be read, passes', () => {
  const relayed = new RelayedMessages();
  for (const type of [0x00041011, 0x7fffffff, messageTypes.pipelineOutput, messageTypes.errorRecord]) {
    assert.deepEqual(relayed.push(rawFragments(type, '<Obj RefId="0"><What')), ['other']);
  }
});

test('the end is seen when the error beside the state is of a form that is not known', () => {
  const text =
    '<Obj RefId="0"><MS><I32 N="PipelineState">5</I32><Obj N="ExceptionAsErrorRecord"><Ref RefId="77"/></Obj></MS></Obj>';
  assert.deepEqual(new RelayedMessages().push(rawFragments(messageTypes.pipelineState, text)), [
    'pipeline-end',
  ]);
});

test('a message is known when its last fragment is there', () => {
  const relayed = new RelayedMessages();
  const [first, ...others] = fragmentsOf(messageTypes.pipelineState, pipelineStateData(4), 60);
  assert.ok(first !== undefined && others.length > 0);
  assert.deepEqual(relayed.push(first), []);
  assert.deepEqual(relayed.push(Buffer.concat(others)), ['pipeline-end']);
});

test('fragments that do not follow one another end the watching and nothing else', () => {
  const relayed = new RelayedMessages();
  const [, second] = fragmentsOf(messageTypes.pipelineState, pipelineStateData(4), 60);
  assert.ok(second !== undefined);
  assert.deepEqual(relayed.push(second), []);
  const whole = Buffer.concat(fragmentsOf(messageTypes.pipelineState, pipelineStateData(4)));
  assert.deepEqual(relayed.push(whole), []);
});
