import assert from 'node:assert/strict';
import { personalChatsOf, rememberPerson } from '../../../bot/store/people.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

const chat = (conversationId: string) => ({ conversationId, kind: 'personal', address: '{}' }) as const;

test('the personal chats of the people asked for come back, and of nobody else', async (t) => {
  const database = await memoryStore(t);
  await rememberPerson(database, 'alex', chat('a'), 'UTC', minutes(0));
  await rememberPerson(database, 'megan', chat('m'), 'Europe/Berlin', minutes(0));
  assert.deepEqual(await personalChatsOf(database, ['megan', 'unheard']), [
    { where: chat('m'), zone: 'Europe/Berlin' },
  ]);
  assert.deepEqual(await personalChatsOf(database, []), []);
});

test('the chat that a person used last counts', async (t) => {
  const database = await memoryStore(t);
  await rememberPerson(database, 'alex', chat('old'), 'UTC', minutes(0));
  await rememberPerson(database, 'alex', chat('new'), 'Europe/Berlin', minutes(1));
  assert.deepEqual(await personalChatsOf(database, ['alex']), [
    { where: chat('new'), zone: 'Europe/Berlin' },
  ]);
});
