import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decisionOf } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { type ApprovalTerms, approve, breakGlass, decline } from '../../../bot/store/decide.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { changeUnderWay, findChange, lockOn, locks } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from './sample-store.ts';

const second = { aadObjectId: 'cccccccc-0000-4000-8000-000000000003', name: 'Kim Larsen' };
const hash = planHash(newPlan());
const yes = (overrides: { person?: typeof second; at?: Date; planHash?: string } = {}) => ({
  planHash: hash,
  person: approver,
  at: minutes(1),
  ...overrides,
});
const press = (database: Database, id: string, terms: ApprovalTerms = { needed: 1 }, by = approver) =>
  approve(database, id, yes({ person: by }), terms);
const stale = { state: 'stale', result: { kind: 'stale', seenAt: minutes(5).toISOString() } } as const;

describe('an approval', () => {
  test('of a hundred at one moment is taken once', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => press(database, id)));
    assert.equal(outcomes.filter((outcome) => outcome === 'approved').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'too-late').length, 99);
  });

  test('keeps who decided, when, and on which plan, and locks the server', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    assert.equal(await press(database, id), 'approved');
    const change = await findChange(database, id);
    assert.equal(change?.state, 'approved');
    assert.deepEqual(change?.decisions, [{ ...yes(), decision: 'approved', reason: null }]);
    assert.equal(change?.planHash, hash);
    assert.equal(change?.holdsLock, true);
  });

  test('at the moment of a decline: one counts, the other comes too late', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    const outcomes = await Promise.all([
      decline(database, id, { ...yes(), decision: 'declined' }),
      press(database, id),
    ]);
    assert.deepEqual(outcomes.toSorted(), ['taken', 'too-late']);
  });

  test('after the plan ran out comes too late, at the last millisecond it does not', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    const last = new Date(minutes(60).getTime() - 1);
    assert.equal(await approve(database, id, yes({ at: minutes(60) }), { needed: 1 }), 'too-late');
    assert.equal(await approve(database, id, yes({ at: last }), { needed: 1 }), 'approved');
  });

  test('of a change that nobody knows comes too late', async (t) => {
    assert.equal(await press(await memoryStore(t), 'no such change'), 'too-late');
  });
});

describe('where two people have to approve', () => {
  test('the first counts, the second lets it run', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    assert.equal(await press(database, id, { needed: 2 }), 'counted');
    assert.equal((await findChange(database, id))?.state, 'proposed');
    assert.equal(await press(database, id, { needed: 2 }, second), 'approved');
    assert.deepEqual(
      (await findChange(database, id))?.decisions.map(({ person }) => person.name),
      [approver.name, second.name],
    );
  });

  test('one person is one, however often they press', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => press(database, id, { needed: 2 })));
    assert.equal(outcomes.filter((outcome) => outcome === 'counted').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'already-approved').length, 19);
    assert.equal((await findChange(database, id))?.state, 'proposed');
  });

  test('both approve the same variant, or the second is told', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    await press(database, id, { needed: 2 });
    const other = yes({ person: second, planHash: 'f'.repeat(64) });
    assert.equal(await approve(database, id, other, { needed: 2 }), 'variant-differs');
    assert.equal((await findChange(database, id))?.decisions.length, 1);
  });

  test('two at one moment let it run once', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    const outcomes = await Promise.all([
      press(database, id, { needed: 2 }),
      press(database, id, { needed: 2 }, second),
    ]);
    assert.deepEqual(outcomes.toSorted(), ['approved', 'counted']);
  });
});

describe('an approval that has to wait for its time', () => {
  const queue = { after: minutes(30), before: minutes(150) };

  test('queues the change, which holds no lock and lives until its window ends', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    assert.equal(await press(database, id, { needed: 1, queue }), 'queued');
    const change = await findChange(database, id);
    assert.deepEqual(
      [change?.state, change?.startAfter, change?.expiresAt, change?.holdsLock],
      ['queued', minutes(30), minutes(150), false],
    );
  });

  test('can be withdrawn while it waits', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    await press(database, id, { needed: 1, queue });
    assert.equal(await decline(database, id, { ...yes(), decision: 'withdrawn' }), 'taken');
    assert.equal((await findChange(database, id))?.state, 'declined');
  });

  test('need not wait for one who breaks the glass', async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    await press(database, id, { needed: 1, queue });
    const reason = 'Patch night, nobody else is awake';
    assert.equal(await breakGlass(database, id, { ...yes({ person: second }), reason }), 'approved');
    const change = await findChange(database, id);
    assert.equal(change?.state, 'approved');
    assert.equal(change && decisionOf(change, 'broke-glass')?.reason, reason);
  });
});

for (const decision of ['declined', 'withdrawn'] as const) {
  test(`a proposal that is ${decision} has ended`, async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    assert.equal(await decline(database, id, { ...yes({ person: requester }), decision }), 'taken');
    const change = await findChange(database, id);
    assert.equal(change?.state, 'declined');
    assert.equal(change?.decisions[0]?.decision, decision);
    assert.deepEqual(change?.endedAt, minutes(1));
    assert.equal(await press(database, id), 'too-late');
  });
}

describe('a server that a change holds', () => {
  test('takes no other approval, and no broken glass', async (t) => {
    const database = await memoryStore(t);
    const first = await approved(database);
    const other = await proposed(database);
    assert.equal(await press(database, other), 'locked');
    assert.equal(await breakGlass(database, other, { ...yes(), reason: 'because it is night' }), 'locked');
    const change = await findChange(database, other);
    assert.deepEqual([change?.state, change?.decisions], ['proposed', []], 'the refused one is untouched');
    const lease = await claim(database, first, 'one', minutes(2), minutes(3));
    assert.equal(await press(database, other), 'locked');
    assert.equal((await changeUnderWay(database, 'wsus01'))?.id, first);
    assert.ok(lease !== undefined);
    await finish(database, lease, stale, minutes(4));
    assert.equal(await press(database, other), 'approved');
    assert.equal((await changeUnderWay(database, 'wsus01'))?.id, other);
  });

  test('is named with the change that holds it', async (t) => {
    const database = await memoryStore(t);
    const id = await approved(database);
    await approved(database, newPlan('wsus02'));
    const lock = await lockOn(database, 'wsus01');
    assert.ok(lock?.kind === 'held');
    assert.equal(lock.change.id, id);
    assert.equal(await lockOn(database, 'wsus03'), undefined);
    assert.deepEqual(
      (await locks(database)).map(({ server }) => server),
      ['wsus01', 'wsus02'],
    );
  });

  test('stays held when what is kept of its change cannot be read', async (t) => {
    const database = await memoryStore(t);
    const id = await approved(database);
    const other = await proposed(database);
    await database.updateTable('changes').set({ contextJson: '{"broken":' }).where('id', '=', id).execute();
    assert.deepEqual(await lockOn(database, 'wsus01'), {
      kind: 'unreadable',
      server: 'wsus01',
      changeId: id,
    });
    assert.equal(await press(database, other), 'locked');
  });

  test('keeps no other server from a change, nor anybody from declining', async (t) => {
    const database = await memoryStore(t);
    await approved(database);
    const elsewhere = await proposed(database, newPlan('wsus02'));
    assert.equal(await press(database, elsewhere), 'approved');
    const other = await proposed(database);
    assert.equal(await decline(database, other, { ...yes(), decision: 'declined' }), 'taken');
  });
});
