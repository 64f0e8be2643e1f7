import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Plan, planHash, planSchema } from '../../../bot/changes/plan.ts';
import { raisePlan } from './scene.ts';

const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const plans: fc.Arbitrary<Plan> = fc.record({
  changeId: fc.uuid(),
  kind: fc.constantFrom('raise', 'roll-back', 'restart'),
  server: fc.string(),
  path: fc.string(),
  sha256Before: hash,
  sha256After: hash,
  edits: fc.array(
    fc.record({
      key: fc.constantFrom('maxInstalledPrerequisites', 'maxCachedUpdates'),
      from: fc.integer(),
      to: fc.integer(),
    }),
    { maxLength: 2 },
  ),
  backup: fc.option(fc.string()),
  activation: fc.constantFrom('IISReset', 'RecyclePool'),
  moduleSha256: fc.option(hash),
  policySha256: hash,
  requesterId: fc.string(),
  expiresAt: fc.constant('2026-11-25T03:00:00.000Z'),
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

test('the hash of a plan is 64 lower-case hex digits and stays the same', () => {
  assert.match(planHash(raisePlan), /^[0-9a-f]{64}$/);
  assert.equal(planHash(raisePlan), planHash(structuredClone(raisePlan)));
});

test('the order of keys does not change the hash, at any depth', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      assert.equal(planHash(reversed(plan) as Plan), planHash(plan));
    }),
  );
});

test('the hash survives being kept as JSON', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      assert.equal(planHash(planSchema.parse(JSON.parse(JSON.stringify(plan)))), planHash(plan));
    }),
  );
});

test('two plans that differ have two hashes, whichever field it is', () => {
  fc.assert(
    fc.property(
      plans,
      plans,
      fc.constantFrom(...(Object.keys(planSchema.shape) as (keyof Plan)[])),
      (plan, other, field) => {
        fc.pre(JSON.stringify(plan[field]) !== JSON.stringify(other[field]));
        assert.notEqual(planHash({ ...plan, [field]: other[field] }), planHash(plan));
      },
    ),
  );
});

test('the order of edits is part of the plan', () => {
  const edits: Plan['edits'] = [
    { key: 'maxInstalledPrerequisites', from: 400, to: 800 },
    { key: 'maxCachedUpdates', from: 22_000, to: 44_000 },
  ];
  assert.notEqual(planHash({ ...raisePlan, edits }), planHash({ ...raisePlan, edits: edits.toReversed() }));
});
