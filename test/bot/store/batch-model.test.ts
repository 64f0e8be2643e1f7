import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isUnderWay, stopsBatch } from '../../../bot/changes/batch.ts';
import { type Change, decisionOf } from '../../../bot/changes/change.ts';
import { advanceBatch } from '../../../bot/store/advance-batch.ts';
import { decline } from '../../../bot/store/decide.ts';
import { approveBatch, declineBatch } from '../../../bot/store/decide-batch.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { proposeBatch } from '../../../bot/store/propose-batch.ts';
import { expireDue } from '../../../bot/store/queue.ts';
import { changesOfBatch } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { memoryStore, minutes, newChange, newPlan } from './sample-store.ts';

const endings = ['succeeded', 'failed', 'unknown', 'stale'] as const;

type Move =
  | { readonly kind: 'approve' | 'advance' | 'advance, frozen' | 'decline' | 'expire' }
  | { readonly kind: 'end'; readonly as: (typeof endings)[number] }
  | { readonly kind: 'withdraw one'; readonly place: number };

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'approve' } as const) },
  { weight: 6, arbitrary: fc.constant({ kind: 'advance' } as const) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('end' as const), as: fc.constantFrom(...endings) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw one' as const), place: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ kind: 'advance, frozen' }, { kind: 'decline' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'expire' } as const) },
);

/** Does a move, by several replicas at the same moment where that makes a difference. */
const make = async (database: Database, id: string, move: Move, isOver: boolean): Promise<void> => {
  const members = await changesOfBatch(database, id);
  const by = { person: approver, at: minutes(1) };
  switch (move.kind) {
    case 'approve': {
      const terms = members.map(({ id: member, plans }) => ({
        id: member,
        planHash: plans[0]?.hash ?? '',
        needed: 1,
        queue: { after: null, before: minutes(59) },
      }));
      await Promise.all([1, 2].map(() => approveBatch(database, id, terms, by)));
      return;
    }
    case 'advance':
    case 'advance, frozen': {
      const now = isOver ? minutes(61) : minutes(2);
      const mayStart = move.kind === 'advance';
      await Promise.all([1, 2, 3].map(() => advanceBatch(database, id, now, mayStart)));
      return;
    }
    case 'decline':
      await declineBatch(database, id, { ...by, decision: 'declined' });
      return;
    case 'expire':
      await expireDue(database, minutes(61));
      return;
    case 'withdraw one': {
      const one = members[move.place];
      const decision = { ...by, decision: 'withdrawn', planHash: one?.planHash ?? '' } as const;
      if (one !== undefined) await decline(database, one.id, decision);
      return;
    }
    case 'end': {
      const next = members.find(({ state }) => state === 'approved');
      if (next === undefined) return;
      const lease = await claim(database, next.id, 'one', minutes(3), minutes(4));
      assert.ok(lease !== undefined);
      const result = { kind: 'stale', seenAt: minutes(3).toISOString() } as const;
      await finish(database, lease, { state: move.as, result }, minutes(3));
      return;
    }
  }
};

/** What holds after every move. */
const check = (before: readonly Change[], after: readonly Change[], parallel: number): void => {
  const underWay = after.filter(({ state }) => isUnderWay(state));
  assert.ok(underWay.length <= parallel, 'no more at a time than were asked for');
  for (const [place, change] of after.entries()) {
    const was = before[place];
    const started = change.state === 'approved' && was?.state !== 'approved';
    if (started) {
      assert.equal(was?.state, 'queued', 'only what waits for its turn starts');
      assert.ok(decisionOf(change, 'approved') !== undefined, 'nothing starts that nobody approved');
      assert.ok(!before.some(({ state }) => stopsBatch(state)), 'nothing starts behind one that failed');
      const earlier = before.slice(0, place).filter(({ state }) => state === 'queued');
      for (const { id } of earlier) {
        assert.notEqual(after.find((other) => other.id === id)?.state, 'queued', 'in the order of the batch');
      }
    }
    if (change.state === 'cancelled') {
      assert.ok(
        after.some(({ state }) => stopsBatch(state)),
        'cancelled only because one did not end well',
      );
      assert.equal(change.startedAt, undefined);
    }
    assert.ok(change.version >= (was?.version ?? 0));
  }
};

test('whatever people, replicas and servers do, a batch keeps its order, its number at a time and its stop', async (t) => {
  const database = await memoryStore(t);
  let batches = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(anyMove, { minLength: 4, maxLength: 16 }),
      async (parallel, moves) => {
        batches += 1;
        const id = `batch ${batches}`;
        const plans = [1, 2, 3, 4].map((place) => newPlan(`wsus0${place} of ${id}`));
        const batch = { id, requester, createdAt: minutes(0), parallel, leftOut: [] };
        await proposeBatch(
          database,
          batch,
          plans.map((plan) => newChange(plan)),
        );
        let isOver = false;
        for (const move of moves) {
          const before = await changesOfBatch(database, id);
          isOver ||= move.kind === 'expire';
          await make(database, id, move, isOver);
          check(before, await changesOfBatch(database, id), parallel);
        }
      },
    ),
    { numRuns: 60 },
  );
});
