import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReads, type Read } from '../../../bot/conversation/reads.ts';

/** Whether its turn came, once all that waits for nothing was done. */
const hasTurn = async ({ turn }: Read): Promise<boolean> => {
  const later = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([turn.then(() => true), later]);
};

test('a few are read at the same moment, the others wait in their order', async () => {
  const reads = createReads(2);
  const [one, two, three, four] = ['1', '2', '3', '4'].map((id) => reads.begin('file', id)) as [
    Read,
    Read,
    Read,
    Read,
  ];
  assert.deepEqual(await Promise.all([one, two, three, four].map(hasTurn)), [true, true, false, false]);
  two.end();
  assert.deepEqual(await Promise.all([three, four].map(hasTurn)), [true, false]);
  one.end();
  assert.equal(await hasTurn(four), true);
});

test('one that is stopped is told so, and another is none of its business', () => {
  const reads = createReads();
  const one = reads.begin('file', '1');
  const two = reads.begin('file', '2');
  assert.equal(reads.stop('1'), true);
  assert.equal(one.signal.reason, 'stopped');
  assert.equal(two.signal.aborted, false);
});

test('one that waits can be stopped, and takes no turn', async () => {
  const reads = createReads(1);
  const one = reads.begin('file', '1');
  const two = reads.begin('file', '2');
  const three = reads.begin('file', '3');
  reads.stop('2');
  await assert.rejects(two.turn, (reason) => reason === 'stopped');
  one.end();
  assert.equal(await hasTurn(three), true);
});

test('one that ended, or never was, cannot be stopped', () => {
  const reads = createReads();
  reads.begin('file', '1').end();
  assert.equal(reads.stop('1'), false);
  assert.equal(reads.stop('2'), false);
});

test('when the bot stops, all end, and none begins', () => {
  const reads = createReads();
  const one = reads.begin('file', '1');
  reads.stopAll();
  assert.equal(one.signal.reason, 'bot-stops');
  assert.equal(reads.begin('file', '2').signal.reason, 'bot-stops');
});
