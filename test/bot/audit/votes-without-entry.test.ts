import assert from 'node:assert/strict';
import { votesWithoutEntry } from '../../../bot/audit/votes-without-entry.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve } from '../../../bot/store/decide.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { testOnBothStores as test } from '../store/both-stores.ts';
import { memoryStore, minutes, newPlan, proposed } from '../store/sample-store.ts';

const strays = async (database: Database, id: string): Promise<string[]> => {
  const change = await findChange(database, id);
  assert.ok(change !== undefined);
  return (await votesWithoutEntry(database, change)).map(({ person }) => person.name);
};

/** A change that one person approved. */
const approvedOnce = async (database: Database): Promise<string> => {
  const plan = newPlan();
  const id = await proposed(database, plan);
  const vote = { planHash: planHash(plan), person: approver, at: minutes(1) };
  await approve(database, id, vote, { needed: 2 });
  return id;
};

test('an approval that the bot took has its entry', async (t) => {
  const database = await memoryStore(t);
  assert.deepEqual(await strays(database, await approvedOnce(database)), []);
});

test('a row that was added by hand has none, also beside one that has', async (t) => {
  const database = await memoryStore(t);
  const id = await approvedOnce(database);
  const { planHash: hash, at } = await database
    .selectFrom('decisions')
    .selectAll()
    .where('changeId', '=', id)
    .executeTakeFirstOrThrow();
  const { aadObjectId: personId, name: personName } = requester;
  await database
    .insertInto('decisions')
    .values({ changeId: id, planHash: hash, decision: 'approved', personId, personName, at, reason: null })
    .execute();
  assert.deepEqual(await strays(database, id), [requester.name]);
});

for (const [what, changed] of [
  ['person', { personId: requester.aadObjectId }],
  ['kind', { decision: 'broke-glass' }],
  ['plan', { planHash: 'f'.repeat(64) }],
  ['time', { at: minutes(2).toISOString() }],
] as const) {
  test(`a vote whose ${what} was changed by hand has none any more`, async (t) => {
    const database = await memoryStore(t);
    const id = await approvedOnce(database);
    await database.updateTable('decisions').set(changed).where('changeId', '=', id).execute();
    assert.equal((await strays(database, id)).length, 1);
  });
}

test('an entry that was changed by hand tells of nothing', async (t) => {
  const database = await memoryStore(t);
  const id = await approvedOnce(database);
  const entry = await database
    .selectFrom('audit')
    .selectAll()
    .where('kind', '=', 'approved')
    .executeTakeFirstOrThrow();
  const entryJson = entry.entryJson.replace(approver.aadObjectId, requester.aadObjectId);
  await database.updateTable('audit').set({ entryJson }).where('seq', '=', entry.seq).execute();
  await database.updateTable('decisions').set({ personId: requester.aadObjectId }).execute();
  assert.equal((await strays(database, id)).length, 1);
});
