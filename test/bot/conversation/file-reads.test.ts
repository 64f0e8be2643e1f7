import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFileReads, type FileRead } from '../../../bot/conversation/file-reads.ts';

/** Whether its turn came, once all that waits for nothing was done. */
const hasTurn = async ({ turn }: FileRead): Promise<boolean> => {
  const later = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([turn.then(() => true), later]);
};

test('a few are read at the same moment, the others wait in their order', async () => {
  const reads = createFileReads(2);
  const [one, two, three, four] = ['1', '2', '3', '4'].map((id) => reads.begin(id)) as [
    FileRead,
    FileRead,
    FileRead,
    FileRead,
  ];
  assert.deepEqual(await Promise.all([one, two, three, four].map(hasTurn)), [true, true, false, false]);
  two.end();
  assert.deepEqual(await Promise.all([three, four].map(hasTurn)), [true, false]);
  one.end();
  assert.equal(await hasTurn(four), true);
});

test('one that is stopped is told so, and another is none of its business', () => {
  const reads = createFileReads();
  const one = reads.begin('1');
  const two = reads.begin('2');
  assert.equal(reads.stop('1'), true);
  assert.equal(one.signal.reason, 'stopped');
  assert.equal(two.signal.aborted, false);
});

test('one that waits can be stopped, and takes no turn', async () => {
  const reads = createFileReads(1);
  const one = reads.begin('1');
  const two = reads.begin('2');
  const three = reads.begin('3');
  reads.stop('2');
  await assert.rejects(two.turn, (reason) => reason === 'stopped');
  one.end();
  assert.equal(await hasTurn(three), true);
});

test('one that ended, or never was, cannot be stopped', () => {
  const reads = createFileReads();
  reads.begin('1').end();
  assert.equal(reads.stop('1'), false);
  assert.equal(reads.stop('2'), false);
});

test('when the bot stops, all end, and none begins', () => {
  const reads = createFileReads();
  const one = reads.begin('1');
  reads.stopAll();
  assert.equal(one.signal.reason, 'bot-stops');
  assert.equal(reads.begin('2').signal.reason, 'bot-stops');
});
