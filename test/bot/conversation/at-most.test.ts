import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { atMost } from '../../../bot/conversation/at-most.ts';

test('never more than so many are worked on, and the results keep the order', async () => {
  let atWork = 0;
  let most = 0;
  const results = await atMost(3, [5, 1, 4, 2, 3, 6, 7], async (turns) => {
    atWork += 1;
    most = Math.max(most, atWork);
    for (let count = 0; count < turns; count++) await turn();
    atWork -= 1;
    return turns * 10;
  });
  assert.deepEqual(results, [50, 10, 40, 20, 30, 60, 70]);
  assert.equal(most, 3);
});

test('of nothing nothing comes', async () => {
  assert.deepEqual(await atMost(3, [], async (item) => item), []);
});
