import assert from 'node:assert/strict';
import { beginRead, dropOldReads, endRead, stopRead, unwantedReads } from '../../../bot/store/reads.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

test('whoever reads learns of those of its readings that are to be stopped', async (t) => {
  const database = await memoryStore(t);
  for (const id of ['one', 'two', 'elsewhere']) await beginRead(database, id, minutes(5));
  assert.deepEqual(await unwantedReads(database, ['one', 'two']), []);
  assert.equal(await stopRead(database, 'two', minutes(1)), true);
  assert.equal(await stopRead(database, 'elsewhere', minutes(1)), true);
  assert.deepEqual(await unwantedReads(database, ['one', 'two']), ['two']);
  assert.deepEqual(await unwantedReads(database, []), []);
});

test('a reading that has ended, never was, or whose replica must have died cannot be stopped', async (t) => {
  const database = await memoryStore(t);
  await beginRead(database, 'ended', minutes(5));
  await endRead(database, 'ended');
  assert.equal(await stopRead(database, 'ended', minutes(1)), false);
  assert.equal(await stopRead(database, 'never', minutes(1)), false);
  await beginRead(database, 'old', minutes(5));
  assert.equal(await stopRead(database, 'old', minutes(6)), false);
});

test('what a replica that died was reading is cleared away when its time is over', async (t) => {
  const database = await memoryStore(t);
  await beginRead(database, 'old', minutes(5));
  await beginRead(database, 'new', minutes(9));
  await dropOldReads(database, minutes(6));
  assert.deepEqual(await database.selectFrom('reads').select('id').execute(), [{ id: 'new' }]);
});
