import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPastedParts, type Pasted, type PastedLimits } from '../../../bot/conversation/pasted-parts.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';

const diagnosis = diagnose('80244007');
const pasted = (...parts: string[]): Pasted => ({
  parts,
  diagnosis,
  answer: { posted: undefined, isReplaced: false },
});

const start = (limits: Partial<PastedLimits> = {}) => {
  const clock = { now: 0 };
  const kept = createPastedParts(() => new Date(clock.now), {
    within: 100,
    longest: 1_000,
    texts: 3,
    all: 2_000,
    ...limits,
  });
  return { clock, kept };
};

test('what somebody pasted is known for a while, and to nobody else', () => {
  const { clock, kept } = start();
  kept.keep('a', pasted('one'));
  clock.now = 99;
  assert.deepEqual(kept.lately('a')?.parts, ['one']);
  assert.equal(kept.lately('b'), undefined);
});

test('after that while it is gone, though nobody asks for it', () => {
  const { clock, kept } = start();
  kept.keep('a', pasted('one'));
  clock.now = 100;
  kept.forgetOld();
  clock.now = 0;
  assert.equal(kept.lately('a'), undefined);
});

test('each part begins the while anew', () => {
  const { clock, kept } = start();
  kept.keep('a', pasted('one'));
  clock.now = 90;
  kept.keep('a', pasted('one', 'two'));
  clock.now = 180;
  assert.deepEqual(kept.lately('a')?.parts, ['one', 'two']);
});

test('what is too long is not kept, and neither is what it would have gone on from', () => {
  const { kept } = start();
  kept.keep('a', pasted('one'));
  kept.keep('a', pasted('one', 'x'.repeat(1_000)));
  assert.equal(kept.lately('a'), undefined);
});

test('the oldest makes room', () => {
  const { kept } = start();
  for (const key of ['a', 'b', 'c', 'a', 'd']) kept.keep(key, pasted(key));
  assert.equal(kept.lately('b'), undefined);
  for (const key of ['a', 'c', 'd']) assert.deepEqual(kept.lately(key)?.parts, [key]);
});

test('never keeps more than its limits, whatever comes', () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    length: fc.nat(1_500),
    later: fc.nat(60),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { clock, kept } = start();
      for (const { key, length, later } of steps) {
        clock.now += later;
        kept.keep(key, pasted('x'.repeat(length)));
        const all = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((each) => kept.lately(each)?.parts ?? []);
        assert.ok(all.length <= 3);
        assert.ok(all.join('').length <= 2_000);
      }
    }),
  );
});

test('a text that was forgotten is gone', () => {
  const { kept } = start();
  kept.keep('a', pasted('one'));
  kept.forget('a');
  assert.equal(kept.lately('a'), undefined);
});
