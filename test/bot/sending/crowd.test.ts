import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCrowd } from './crowd.ts';

test('400 mixed activities in 25 chats, at a connector with faults: each is answered once, within what Teams takes', async (t) => {
  const { wrong, figures } = await runCrowd(t, { activities: 400, chats: 25, hot: 2, seed: 7 });
  assert.deepEqual(wrong, [], JSON.stringify(figures));
  assert.equal(figures.activities, 400);
});
