import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { shareOfLimits } from '../../../bot/sending/send-limits.ts';
import { type Limit, SendRate } from '../../../bot/sending/send-rate.ts';

const { perConversation } = shareOfLimits(1);

/** Sends as early as the rate lets it, each taking so long. When each arrived is anywhere in between. */
const arrivals = (
  limits: readonly Limit[],
  sends: readonly { takes: number; arrives: number; rests: number }[],
) => {
  const rate = new SendRate();
  let now = 0;
  return sends.map(({ takes, arrives, rests }) => {
    now = Math.max(now + rests, rate.readyAt(limits));
    rate.begin();
    const at = now + takes * arrives;
    now += takes;
    rate.end(now);
    return at;
  });
};

test('however long each send takes and wherever in it it arrives, no limit is ever broken', () => {
  const send = fc.record({
    takes: fc.integer({ min: 0, max: 3_000 }),
    arrives: fc.double({ min: 0, max: 1, noNaN: true }),
    rests: fc.integer({ min: 0, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(send, { minLength: 1, maxLength: 150 }), (sends) => {
      const times = arrivals(perConversation, sends);
      for (const [index, at] of times.entries()) {
        for (const { within, most } of perConversation) {
          const before = times[index - most];
          assert.ok(before === undefined || at - before >= within, `${most + 1} in ${at - (before ?? 0)} ms`);
        }
      }
    }),
  );
});

test('7 go at once, the eighth after a second, the ninth after two', () => {
  const times = arrivals(
    perConversation,
    Array.from({ length: 9 }, () => ({ takes: 0, arrives: 0, rests: 0 })),
  );
  assert.deepEqual(times, [0, 0, 0, 0, 0, 0, 0, 1_000, 2_000]);
});

test('1,800 an hour are sent, and no more', () => {
  const times = arrivals(
    perConversation,
    Array.from({ length: 1_802 }, () => ({ takes: 0, arrives: 0, rests: 0 })),
  );
  assert.ok((times[1_799] ?? 0) < 3_600_000);
  assert.ok((times[1_800] ?? 0) >= 3_600_000);
});

test('while as many are under way as are allowed, the next one waits for their end', () => {
  const rate = new SendRate();
  const limits = [{ within: 1_000, most: 2 }];
  rate.begin();
  assert.equal(rate.readyAt(limits), 0);
  rate.begin();
  assert.equal(rate.readyAt(limits), Number.POSITIVE_INFINITY);
  rate.end(500);
  assert.equal(rate.readyAt(limits), 1_500);
});

test('what counts no more is given back', () => {
  const rate = new SendRate();
  rate.begin();
  rate.end(10);
  assert.equal(rate.forget(perConversation, 3_600_000), false);
  assert.equal(rate.forget(perConversation, 3_600_010), true);
});

describe('the part of one of several replicas', () => {
  for (const replicas of [1, 2, 3, 7]) {
    test(`${replicas} together send no more than one`, () => {
      const whole = shareOfLimits(1);
      const part = shareOfLimits(replicas);
      for (const scope of ['perConversation', 'perTenant'] as const) {
        for (const [index, { within, most }] of part[scope].entries()) {
          assert.equal(within, whole[scope][index]?.within);
          assert.ok(most >= 1 && most * replicas <= (whole[scope][index]?.most ?? 0));
        }
      }
    });
  }

  test('is never nothing', () => {
    assert.ok(shareOfLimits(100).perConversation.every(({ most }) => most >= 1));
  });
});
