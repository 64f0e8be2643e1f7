import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCrowd } from './crowd.ts';

test('10,000 mixed activities in 200 chats, at a connector with faults: each is answered once, within what Teams takes', async (t) => {
  const { wrong, figures } = await runCrowd(t, { activities: 10_000, chats: 200, hot: 10, seed: 11 });
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(wrong, []);
  assert.equal(figures.activities, 10_000);
});
