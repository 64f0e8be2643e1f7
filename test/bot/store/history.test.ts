import assert from 'node:assert/strict';
import { planHash } from '../../../bot/changes/plan.ts';
import { changesOf } from '../../../bot/store/history.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { raisePlan } from '../changes/scene.ts';
import { testOnBothStores } from './both-stores.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from './sample-store.ts';

testOnBothStores(
  'a change that ran is told with who asked, who approved, when it ended and how long it took',
  async (t) => {
    const database = await memoryStore(t);
    const plan = newPlan();
    const id = await approved(database, plan);
    const lease = await claim(database, id, 'worker', minutes(2), minutes(3));
    assert.ok(lease !== undefined);
    await finish(database, lease, { state: 'stale', result: { kind: 'stale', seenAt: '' } }, minutes(4));
    const { changes, total, older } = await changesOf(database, { limit: 5 });
    const [past] = changes;
    assert.equal(past?.change.id, id);
    assert.deepEqual(past?.change.requester, requester);
    assert.equal(past?.change.planHash, planHash(plan));
    assert.deepEqual(past?.approvedBy, [approver.name]);
    assert.equal(past?.brokeGlass, undefined);
    assert.equal(past?.change.state, 'stale');
    assert.deepEqual(past?.at, minutes(4));
    assert.equal(past?.took, 120_000);
    assert.deepEqual([changes.length, total, older], [1, 1, undefined]);
  },
);

testOnBothStores(
  'a plan that waits is told with the time it was proposed at, and took no time',
  async (t) => {
    const database = await memoryStore(t);
    await proposed(database);
    const [past] = (await changesOf(database, { limit: 5 })).changes;
    assert.deepEqual([past?.at, past?.took, past?.approvedBy], [minutes(0), undefined, []]);
  },
);

testOnBothStores('pages go from the newest to the oldest, each change on one of them', async (t) => {
  const database = await memoryStore(t);
  for (let count = 0; count < 7; count++) await proposed(database, newPlan(`wsus${count}`));
  const seen: string[] = [];
  const newer: number[] = [];
  let before: number | undefined;
  do {
    const page = await changesOf(database, { limit: 3, ...(before === undefined ? {} : { before }) });
    seen.push(...page.changes.map(({ change }) => change.server));
    newer.push(page.newer);
    assert.equal(page.total, 7);
    before = page.older;
  } while (before !== undefined);
  assert.deepEqual(
    seen,
    [6, 5, 4, 3, 2, 1, 0].map((count) => `wsus${count}`),
  );
  assert.deepEqual(newer, [0, 3, 6]);
});

testOnBothStores('of one server only its own changes are told', async (t) => {
  const database = await memoryStore(t);
  await proposed(database, newPlan('wsus01'));
  await proposed(database, newPlan('wsus02'));
  await proposed(database, newPlan('wsus01', { ...raisePlan, sha256After: 'f'.repeat(64) }));
  const page = await changesOf(database, { server: 'wsus01', limit: 5 });
  assert.deepEqual(
    page.changes.map(({ change: { state } }) => state),
    ['proposed', 'superseded'],
  );
  assert.equal(page.total, 2);
});

testOnBothStores('a row that is not understood does not hide the others', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database, newPlan('wsus01'));
  await proposed(database, newPlan('wsus02'));
  await database.updateTable('changes').set({ plansJson: '{' }).where('id', '=', id).execute();
  const page = await changesOf(database, { limit: 5 });
  assert.equal(page.changes.length, 1);
  assert.equal(page.unreadable.length, 1);
});
