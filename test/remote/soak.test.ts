import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSoak } from './soak/soak.ts';
import { broken, resultLine } from './soak/soak-bounds.ts';

const seed = 8;

test('200 checks of servers where everything goes wrong at random: no wrong answer, nothing left', async (t) => {
  const figures = await runSoak(t, {
    checks: 200,
    duration: 0,
    seed,
    rounds: 2,
    answerTime: 1_000,
    idleTimeout: 50,
  });
  t.diagnostic(resultLine(figures, seed));
  // Some of it is loaded and compiled for the first time.
  assert.deepEqual(broken(figures, { growth: 2_000_000 }), []);
});
