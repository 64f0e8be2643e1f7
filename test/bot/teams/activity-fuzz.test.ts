import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runActivityFuzz } from './fuzz/run-activity-fuzz.ts';

test('500 mutated activities behind valid tokens: each has its answer, and none starts a change', async (t) => {
  const result = await runActivityFuzz(t, 20_261_126, 500);
  console.log(result);
  assert.deepEqual(result.complaints, []);
});
