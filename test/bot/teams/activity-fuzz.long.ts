import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { assertFuzz } from './fuzz/assert-fuzz.ts';
import { runActivityFuzz } from './fuzz/run-activity-fuzz.ts';

const inputs = 200_000;
const megabyte = 1_000_000;

test('200,000 mutated activities behind valid tokens: each is answered as it must be, none starts a change, and no memory goes', async (t) => {
  const seed = Number(process.env.WSUS_BOT_FUZZ_SEED ?? randomInt(2 ** 31));
  const result = await runActivityFuzz(t, seed, inputs);
  const { statuses, answered, logged, slowestInvoke, heap, rss } = result;
  const inMegabytes = (bytes: readonly number[]) =>
    bytes.map((one) => (one / megabyte).toFixed(0)).join(' and ');
  t.diagnostic(
    `seed ${seed}, statuses ${JSON.stringify(statuses)}, ${answered} messages answered, the log ${JSON.stringify(logged)}, ` +
      `slowest invoke ${slowestInvoke.toFixed(0)} ms, heap ${inMegabytes(heap)} MB, RSS ${inMegabytes(rss)} MB`,
  );
  assertFuzz(result);
  const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  assert.ok(requests > inputs * 0.99, `${requests} requests`);
  // After a fifth of them everything that is kept for a while is as large as it gets.
  assert.ok(heap[1] < heap[0] + 50 * megabyte, `heap ${inMegabytes(heap)} MB`);
  assert.ok(rss[1] < rss[0] + 300 * megabyte, `RSS ${inMegabytes(rss)} MB`);
});
