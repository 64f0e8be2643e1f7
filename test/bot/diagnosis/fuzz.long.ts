import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { pasteTexts } from './fuzz/pastes.ts';
import { type FuzzResult, longestCpu } from './fuzz/run-fuzz.ts';

const inputs = 1_000_000;
const workers = Math.min(4, availableParallelism());

async function fuzzInThread(seed: number, count: number): Promise<FuzzResult> {
  const worker = new Worker(new URL('fuzz/fuzz-worker.ts', import.meta.url), {
    workerData: { seed, inputs: count, pastes: pasteTexts() },
  });
  const [result] = await once(worker, 'message');
  return result;
}

test('1,000,000 random and mutated texts: none crashes it, none is slow, none gets a wrong proposal', async (t) => {
  const seed = Number(process.env.WSUS_BOT_FUZZ_SEED ?? randomInt(2 ** 31));
  const shares = Array.from(
    { length: workers },
    (_, index) => Math.floor((inputs * (index + 1)) / workers) - Math.floor((inputs * index) / workers),
  );
  const results = await Promise.all(shares.map((share, index) => fuzzInThread(seed + index, share)));
  const total = (of: (result: FuzzResult) => number) => results.reduce((sum, each) => sum + of(each), 0);
  t.diagnostic(
    `seed ${seed}, ${total((each) => each.inputs)} inputs in ${workers} threads, ${total((each) => each.proposals)} of them KB 4096317, ` +
      `slowest ${Math.max(...results.map((each) => each.slowest)).toFixed(1)} ms of at most ${longestCpu}`,
  );
  assert.deepEqual(
    results.flatMap(({ complaints }) => complaints),
    [],
  );
  assert.equal(
    total((each) => each.inputs),
    inputs,
  );
});
