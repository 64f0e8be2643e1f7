import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { runSoak } from './soak/soak.ts';
import { broken, resultLine } from './soak/soak-bounds.ts';

/** WSUS_BOT_SOAK_CHECKS, WSUS_BOT_SOAK_MINUTES and WSUS_BOT_SOAK_SEED change what it is. */
const checks = Number(process.env.WSUS_BOT_SOAK_CHECKS ?? 20_000);
const minutes = Number(process.env.WSUS_BOT_SOAK_MINUTES ?? 30);

test(`${checks} checks in ${minutes} minutes of servers where everything goes wrong at random: no wrong answer, nothing left`, async (t) => {
  const seed = Number(process.env.WSUS_BOT_SOAK_SEED ?? randomInt(2 ** 31));
  t.diagnostic(`seed ${seed}`);
  const figures = await runSoak(t, {
    checks,
    duration: minutes * 60_000,
    seed,
    rounds: 12,
    answerTime: 2_000,
    idleTimeout: 1_000,
  });
  t.diagnostic(resultLine(figures, seed));
  t.diagnostic(JSON.stringify(figures));
  // Over the 13,000 checks after the first third these are 75 bytes for each: less than anything that could be kept of one.
  assert.deepEqual(broken(figures, { growth: 1_000_000 }), []);
});
