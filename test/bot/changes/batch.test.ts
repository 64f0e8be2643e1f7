import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type BatchMember, isUnderWay, nextInBatch, stopsBatch } from '../../../bot/changes/batch.ts';
import { type ChangeState, changeStates } from '../../../bot/changes/change.ts';

const membersOf = (...states: readonly (ChangeState | 'queued, not yet')[]): BatchMember[] =>
  states.map((state, index) => ({
    id: `${index + 1}`,
    state: state === 'queued, not yet' ? 'queued' : state,
    mayStart: state !== 'queued, not yet',
  }));

const anyMembers = fc
  .array(fc.record({ state: fc.constantFrom(...changeStates), mayStart: fc.boolean() }), { maxLength: 12 })
  .map((members) => members.map((member, index): BatchMember => ({ ...member, id: `${index}` })));
const anyParallel = fc.integer({ min: 1, max: 6 });

describe('whose turn it is in a batch', () => {
  test('the first, where nothing has started', () => {
    assert.deepEqual(nextInBatch(membersOf('queued', 'queued', 'queued'), 1).start, ['1']);
  });

  test('nobody, while as many are under way as may be', () => {
    assert.deepEqual(nextInBatch(membersOf('succeeded', 'running', 'queued'), 1).start, []);
    assert.deepEqual(nextInBatch(membersOf('approved', 'running', 'queued'), 2).start, []);
  });

  test('the next one that may start: who waits for a window keeps nobody back', () => {
    assert.deepEqual(nextInBatch(membersOf('succeeded', 'queued, not yet', 'queued'), 1).start, ['3']);
  });

  test('nobody after one that failed or is unknown: the rest is cancelled because of it', () => {
    for (const state of ['failed', 'unknown', 'taken-over'] as const) {
      assert.deepEqual(nextInBatch(membersOf('succeeded', state, 'queued', 'queued, not yet'), 1), {
        start: [],
        cancel: ['3', '4'],
        because: '2',
      });
    }
  });

  test('the next one after a stale one, a declined one, an expired one', () => {
    for (const state of ['stale', 'declined', 'expired', 'superseded'] as const) {
      assert.deepEqual(nextInBatch(membersOf(state, 'queued'), 1).start, ['2'], state);
    }
  });
});

describe('of any batch', () => {
  test('only queued ones that may start do, in their order', () => {
    fc.assert(
      fc.property(anyMembers, anyParallel, (members, parallel) => {
        const ready = members.filter(({ state, mayStart }) => state === 'queued' && mayStart);
        const { start } = nextInBatch(members, parallel);
        assert.deepEqual(
          start,
          ready.slice(0, start.length).map(({ id }) => id),
        );
      }),
    );
  });

  test('never more than `parallel` are under way because of it', () => {
    fc.assert(
      fc.property(anyMembers, anyParallel, (members, parallel) => {
        const underWay = members.filter(({ state }) => isUnderWay(state)).length;
        const { start } = nextInBatch(members, parallel);
        assert.ok(start.length === 0 || underWay + start.length <= parallel);
      }),
    );
  });

  test('where nothing stops it and one is free, one that may start does', () => {
    fc.assert(
      fc.property(anyMembers, anyParallel, (members, parallel) => {
        const { start, because } = nextInBatch(members, parallel);
        const underWay = members.filter(({ state }) => isUnderWay(state)).length;
        const isReady = members.some(({ state, mayStart }) => state === 'queued' && mayStart);
        if (because === undefined && isReady && underWay < parallel) assert.notEqual(start.length, 0);
      }),
    );
  });

  test('something starts or something is cancelled, never both; what is cancelled is all that waits', () => {
    fc.assert(
      fc.property(anyMembers, anyParallel, (members, parallel) => {
        const { start, cancel, because } = nextInBatch(members, parallel);
        assert.ok(start.length === 0 || cancel.length === 0);
        assert.equal(
          because !== undefined,
          members.some(({ state }) => stopsBatch(state)),
        );
        if (because === undefined) return assert.deepEqual(cancel, []);
        assert.equal(cancel.length, members.filter(({ state }) => state === 'queued').length);
      }),
    );
  });
});
