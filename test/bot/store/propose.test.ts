import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve } from '../../../bot/store/decide.ts';
import { propose } from '../../../bot/store/propose.ts';
import { changeIdsIn, findChange } from '../../../bot/store/read-change.ts';
import { approver } from '../changes/sample-change.ts';
import { approved, memoryStore, minutes, newChange, newPlan, proposed } from './sample-store.ts';

const otherPlan = (server = 'wsus01') => ({ ...newPlan(server), sha256Before: 'c'.repeat(64) });

test('a proposal is read back as it was written', async (t) => {
  const database = await memoryStore(t);
  const change = newChange();
  assert.deepEqual(await propose(database, change), { kind: 'new', superseded: [] });
  const found = await findChange(database, change.id);
  assert.ok(found !== undefined);
  const { id, server, kind, plans, context, requester, policy, createdAt, expiresAt, ...rest } = found;
  assert.deepEqual({ id, server, kind, plans, context, requester, policy, createdAt, expiresAt }, change);
  assert.equal(rest.state, 'proposed');
  assert.deepEqual(rest.decisions, []);
  assert.deepEqual(rest.steps, []);
  assert.equal(rest.holdsLock, false);
});

test('another proposal for the same server supersedes the older one, and no other', async (t) => {
  const database = await memoryStore(t);
  const older = await proposed(database);
  const elsewhere = await proposed(database, newPlan('wsus02'));
  const running = await approved(database, newPlan('wsus03'));
  const newer = newChange(otherPlan(), minutes(2));
  assert.deepEqual(await propose(database, newer), { kind: 'new', superseded: [older] });
  const found = await findChange(database, older);
  assert.equal(found?.state, 'superseded');
  assert.deepEqual(found?.endedAt, minutes(2));
  assert.equal((await findChange(database, elsewhere))?.state, 'proposed');
  assert.deepEqual(await propose(database, newChange(newPlan('wsus03'))), { kind: 'new', superseded: [] });
  assert.equal((await findChange(database, running))?.state, 'approved');
});

test('the same plan again is the one that waits, with its approvals and its time', async (t) => {
  const database = await memoryStore(t);
  const plan = newPlan();
  const first = await proposed(database, plan);
  await approve(
    database,
    first,
    { planHash: planHash(plan), person: approver, at: minutes(1) },
    { needed: 2 },
  );
  const again = { ...newPlan(), requesterId: 'somebody else', expiresAt: minutes(90).toISOString() };
  assert.deepEqual(await propose(database, newChange(again, minutes(30))), { kind: 'same', id: first });
  const found = await findChange(database, first);
  assert.equal(found?.decisions.length, 1);
  assert.deepEqual(found?.expiresAt, minutes(60));
});

test('the same plan is a new one when the one that waited has run out', async (t) => {
  const database = await memoryStore(t);
  const first = await proposed(database);
  const again = newChange({ ...newPlan(), expiresAt: minutes(120).toISOString() }, minutes(60));
  assert.deepEqual(await propose(database, again), { kind: 'new', superseded: [first] });
});

for (const [what, changed] of [
  ['the file', { sha256Before: 'd'.repeat(64) }],
  ['the file after it', { sha256After: 'd'.repeat(64) }],
  ['the edits', { edits: [{ key: 'maxInstalledPrerequisites', from: 400, to: 900 }] }],
  ['the activation', { activation: 'RecyclePool' }],
  ['the module on the server', { moduleSha256: 'd'.repeat(64) }],
  ['the policy in force', { policySha256: 'd'.repeat(64) }],
] as const) {
  test(`a plan that differs in ${what} is another one`, async (t) => {
    const database = await memoryStore(t);
    const first = await proposed(database);
    const other = newChange({ ...newPlan(), ...changed, edits: [...(changed.edits ?? newPlan().edits)] });
    assert.deepEqual(await propose(database, other), { kind: 'new', superseded: [first] });
  });
}

test('of twenty proposals for a server at one moment one waits', async (t) => {
  const database = await memoryStore(t);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      propose(database, newChange({ ...newPlan(), sha256Before: index.toString(16).padStart(64, '0') })),
    ),
  );
  assert.equal((await changeIdsIn(database, 'proposed')).length, 1);
  assert.equal((await changeIdsIn(database, 'superseded')).length, 19);
});

test('numbers count up, so that a person can name a plan', async (t) => {
  const database = await memoryStore(t);
  const numbers: number[] = [];
  for (const server of ['a', 'b', 'c']) {
    const id = await proposed(database, newPlan(server));
    numbers.push((await findChange(database, id))?.number ?? 0);
  }
  assert.deepEqual(numbers, [1, 2, 3]);
});

test('the ids of a state come oldest first', async (t) => {
  const database = await memoryStore(t);
  const ids: string[] = [];
  for (const server of ['b', 'a', 'c']) ids.push(await approved(database, newPlan(server)));
  assert.deepEqual(await changeIdsIn(database, 'approved'), ids);
});
