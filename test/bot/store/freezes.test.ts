import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentFreeze, freeze, thaw } from '../../../bot/store/freezes.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { memoryStore, minutes } from './sample-store.ts';

const stop = { reason: 'Year end, nothing moves', by: approver, at: minutes(1) };

test('a freeze is in force until it is thawed, with who, why and since when', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await currentFreeze(database), undefined);
  assert.equal(await freeze(database, 'one', stop), true);
  assert.deepEqual(await currentFreeze(database), stop);
  assert.deepEqual(await thaw(database, requester, minutes(5)), stop);
  assert.equal(await currentFreeze(database), undefined);
  assert.equal(await freeze(database, 'two', stop), true, 'and can be frozen again');
});

test('a second freeze leaves the first as it is', async (t) => {
  const database = await memoryStore(t);
  await freeze(database, 'one', stop);
  const outcomes = await Promise.all(
    ['two', 'three'].map((id) => freeze(database, id, { ...stop, by: requester, reason: 'another' })),
  );
  assert.deepEqual(outcomes, [false, false]);
  assert.deepEqual(await currentFreeze(database), stop);
});

test('nothing is thawed where nothing is frozen', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await thaw(database, approver, minutes(1)), undefined);
});
