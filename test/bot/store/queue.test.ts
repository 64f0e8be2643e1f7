import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve } from '../../../bot/store/decide.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { propose } from '../../../bot/store/propose.ts';
import { expireDue, releaseDue } from '../../../bot/store/queue.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { approver } from '../changes/sample-change.ts';
import { approved, memoryStore, minutes, newChange, newPlan, proposed } from './sample-store.ts';

const queued = async (database: Database, server = 'wsus01'): Promise<string> => {
  const plan = newPlan(server);
  const id = await proposed(database, plan);
  const queue = { after: minutes(30), before: minutes(150) };
  const decision = { planHash: planHash(plan), person: approver, at: minutes(1) };
  assert.equal(await approve(database, id, decision, { needed: 1, queue }), 'queued');
  return id;
};

test('a queued change is let go when its time has come, once', async (t) => {
  const database = await memoryStore(t);
  const id = await queued(database);
  assert.deepEqual(await releaseDue(database, new Date(minutes(30).getTime() - 1)), []);
  const released = await Promise.all([releaseDue(database, minutes(30)), releaseDue(database, minutes(30))]);
  assert.deepEqual(released.flat(), [id]);
  const change = await findChange(database, id);
  assert.deepEqual([change?.state, change?.holdsLock], ['approved', true]);
});

test('a queued change waits on while another one holds its server', async (t) => {
  const database = await memoryStore(t);
  await approved(database);
  const id = await queued(database);
  assert.deepEqual(await releaseDue(database, minutes(31)), []);
  assert.equal((await findChange(database, id))?.state, 'queued');
});

test('a queued change whose window is over is not let go, it expires', async (t) => {
  const database = await memoryStore(t);
  const id = await queued(database);
  assert.deepEqual(await releaseDue(database, minutes(150)), []);
  assert.deepEqual(await expireDue(database, minutes(150)), [id]);
});

test('proposals expire when their time is over, and only those', async (t) => {
  const database = await memoryStore(t);
  const due = await proposed(database);
  const running = await approved(database, newPlan('wsus02'));
  const later = newPlan('wsus03');
  await propose(database, newChange({ ...later, expiresAt: minutes(120).toISOString() }));
  const waits = await queued(database, 'wsus04');
  assert.deepEqual(await expireDue(database, new Date(minutes(60).getTime() - 1)), []);
  assert.deepEqual(await expireDue(database, minutes(60)), [due]);
  assert.deepEqual(await expireDue(database, minutes(61)), [], 'told once');
  const states = await Promise.all(
    [due, running, later.changeId, waits].map(async (id) => (await findChange(database, id))?.state),
  );
  assert.deepEqual(states, ['expired', 'approved', 'proposed', 'queued']);
});
