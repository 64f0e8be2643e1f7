import assert from 'node:assert/strict';
import {
  claim,
  finish,
  journalStep,
  type Lease,
  LeaseLost,
  renew,
  runningChanges,
  takeOver,
} from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { approved, memoryStore, minutes, proposed } from './sample-store.ts';

const leased = async (database: Database): Promise<{ id: string; lease: Lease }> => {
  const id = await approved(database);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  return { id, lease };
};

const found = async (database: Database) => {
  const [running] = await runningChanges(database);
  assert.ok(running !== undefined);
  return running;
};

const ending = { state: 'stale', result: { kind: 'stale', seenAt: minutes(5).toISOString() } } as const;

test('an approved change is claimed once, with a fence of its own', async (t) => {
  const database = await memoryStore(t);
  const id = await approved(database);
  const leases = await Promise.all(
    ['one', 'two', 'three'].map((owner) => claim(database, id, owner, minutes(2), minutes(3))),
  );
  assert.deepEqual(
    leases.filter((lease) => lease !== undefined),
    [{ changeId: id, fence: 1 }],
  );
  const change = await findChange(database, id);
  assert.equal(change?.state, 'running');
  assert.deepEqual(change?.startedAt, minutes(2));
});

test('a change that is only proposed cannot be claimed', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await claim(database, await proposed(database), 'one', minutes(2), minutes(3)), undefined);
});

test('a running change says who has it and until when', async (t) => {
  const database = await memoryStore(t);
  const { id } = await leased(database);
  assert.deepEqual(await runningChanges(database), [{ id, fence: 1, owner: 'one', leaseUntil: minutes(3) }]);
});

test('of several that take a change over, one gets it', async (t) => {
  const database = await memoryStore(t);
  const { id } = await leased(database);
  const running = await found(database);
  const leases = await Promise.all(
    ['two', 'three'].map((owner) => takeOver(database, running, owner, minutes(4), minutes(9))),
  );
  assert.deepEqual(
    leases.filter((lease) => lease !== undefined),
    [{ changeId: id, fence: 2 }],
  );
});

test('after a take-over the old owner can neither journal, renew nor finish', async (t) => {
  const database = await memoryStore(t);
  const { id, lease } = await leased(database);
  const taken = await takeOver(database, await found(database), 'two', minutes(4), minutes(9));
  assert.ok(taken !== undefined);
  await assert.rejects(journalStep(database, lease, 'write', 'started', minutes(4)), LeaseLost);
  await assert.rejects(renew(database, lease, minutes(90)), LeaseLost);
  await assert.rejects(finish(database, lease, ending, minutes(4)), LeaseLost);
  assert.deepEqual((await findChange(database, id))?.steps, []);
  assert.deepEqual((await found(database)).leaseUntil, minutes(9));
  await journalStep(database, taken, 'write', 'started', minutes(4));
  await finish(database, taken, ending, minutes(5));
  assert.equal((await findChange(database, id))?.state, 'stale');
});

test('a change that ended cannot be taken over, renewed or ended again', async (t) => {
  const database = await memoryStore(t);
  const { lease } = await leased(database);
  const running = await found(database);
  await finish(database, lease, ending, minutes(4));
  assert.equal(await takeOver(database, running, 'two', minutes(4), minutes(9)), undefined);
  await assert.rejects(renew(database, lease, minutes(9)), LeaseLost);
  await assert.rejects(finish(database, lease, ending, minutes(5)), LeaseLost);
  assert.deepEqual(await runningChanges(database), []);
});

test('a lease is prolonged', async (t) => {
  const database = await memoryStore(t);
  const { lease } = await leased(database);
  await renew(database, lease, minutes(30));
  assert.deepEqual((await found(database)).leaseUntil, minutes(30));
});

test('a step keeps its beginning and its detail when it ends', async (t) => {
  const database = await memoryStore(t);
  const { id, lease } = await leased(database);
  await journalStep(database, lease, 'write', 'started', minutes(4), { notAfter: 'then' });
  await journalStep(database, lease, 'write', 'done', minutes(5));
  assert.deepEqual((await findChange(database, id))?.steps, [
    {
      name: 'write',
      state: 'done',
      startedAt: minutes(4),
      endedAt: minutes(5),
      detail: { notAfter: 'then' },
    },
  ]);
});

test('a detail that comes with the end takes the place of the first', async (t) => {
  const database = await memoryStore(t);
  const { id, lease } = await leased(database);
  await journalStep(database, lease, 'read', 'started', minutes(4), { first: true });
  await journalStep(database, lease, 'read', 'done', minutes(5), { second: true });
  assert.deepEqual((await findChange(database, id))?.steps[0]?.detail, { second: true });
});

test('steps come back in the order of the course, whatever order they were written in', async (t) => {
  const database = await memoryStore(t);
  const { id, lease } = await leased(database);
  for (const name of ['verify', 'undo-write', 'read', 'write', 'backup'] as const) {
    await journalStep(database, lease, name, 'started', minutes(4));
  }
  assert.deepEqual(
    (await findChange(database, id))?.steps.map(({ name }) => name),
    ['read', 'backup', 'write', 'verify', 'undo-write'],
  );
});
