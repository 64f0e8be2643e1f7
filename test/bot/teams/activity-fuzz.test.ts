import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFuzz } from './fuzz/assert-fuzz.ts';
import { runActivityFuzz } from './fuzz/run-activity-fuzz.ts';

test('300 mutated activities behind valid tokens: each is answered as it must be, and none starts a change', async (t) => {
  const result = await runActivityFuzz(t, 20_261_126, 300);
  assertFuzz(result);
  const { statuses, answered } = result;
  // Else the mutations would leave too little whole, or too much, to prove anything.
  assert.ok(answered > 60, `${answered} messages were answered`);
  for (const status of [200, 400, 401, 501]) assert.ok((statuses[status] ?? 0) > 5, JSON.stringify(statuses));
});
