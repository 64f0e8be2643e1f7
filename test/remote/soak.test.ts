import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSoak } from './soak/soak.ts';
import { broken, resultLine } from './soak/soak-bounds.ts';

/** WSUS_BOT_SOAK_SEED, WSUS_BOT_SOAK_CHECKS */
const seed = Number(process.env.WSUS_BOT_SOAK_SEED ?? 8);
const checks = Number(process.env.WSUS_BOT_SOAK_CHECKS ?? 400);

test('checks of servers where everything goes wrong at random: no wrong answer, nothing left', async (t) => {
  const figures = await runSoak(t, {
    checks,
    duration: 0,
    seed,
    rounds: 3,
    answerTime: 1_000,
    idleTimeout: 50,
  });
  t.diagnostic(resultLine(figures, seed));
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(broken(figures, { servers: 15, growth: 10_000_000 }), []);
});
