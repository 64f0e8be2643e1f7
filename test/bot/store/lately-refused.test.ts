import assert from 'node:assert/strict';
import { type AuditEvent, record } from '../../../bot/store/audit.ts';
import { wasRefusedLately } from '../../../bot/store/lately-refused.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

const refusal: AuditEvent = {
  kind: 'refused',
  at: minutes(10),
  actor: requester,
  server: 'wsus01',
  changeId: 'x',
  detail: { wanted: 'approve', because: 'not-approver' },
};

test('a refusal stands for the same ones within a minute, and for no other', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await wasRefusedLately(database, refusal), false);
  await database.transaction().execute((transaction) => record(transaction, refusal));
  assert.equal(await wasRefusedLately(database, refusal), true);
  assert.equal(await wasRefusedLately(database, { ...refusal, at: minutes(10.9) }), true);
  for (const other of [
    { at: minutes(11.1) },
    { at: minutes(9) },
    { actor: approver },
    { changeId: 'y' },
    { server: 'wsus02' },
    { detail: { wanted: 'approve', because: 'frozen' } },
    { detail: { wanted: 'take-over', because: 'not-approver' } },
  ]) {
    assert.equal(await wasRefusedLately(database, { ...refusal, ...other }), false, JSON.stringify(other));
  }
});
