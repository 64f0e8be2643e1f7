import assert from 'node:assert/strict';
import { beNoSender, beSender, countSenders } from '../../../bot/store/senders.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

test('nobody who said so yet counts as one: the limits are never shared by none', async (t) => {
  assert.equal(await countSenders(await memoryStore(t), minutes(0)), 1);
});

test('each replica counts once, however often it says so, until it stops or was not heard of', async (t) => {
  const database = await memoryStore(t);
  for (const name of ['one', 'two', 'three', 'one']) await beSender(database, name, minutes(0));
  assert.equal(await countSenders(database, minutes(0)), 3);
  await beNoSender(database, 'three');
  assert.equal(await countSenders(database, minutes(0)), 2);
  await beSender(database, 'two', minutes(1));
  assert.equal(await countSenders(database, minutes(1)), 1);
});
