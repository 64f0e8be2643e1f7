import assert from 'node:assert/strict';
import { personalChats, rememberPerson } from '../../../bot/store/people.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

const chat = (conversationId: string) => ({ conversationId, kind: 'personal', address: '{}' }) as const;

test('the personal chats of all who wrote come back', async (t) => {
  const database = await memoryStore(t);
  await rememberPerson(database, 'alex', chat('a'), 'UTC', minutes(0));
  await rememberPerson(database, 'megan', chat('m'), 'Europe/Berlin', minutes(0));
  assert.deepEqual(await personalChats(database), [
    { personId: 'alex', where: chat('a'), zone: 'UTC' },
    { personId: 'megan', where: chat('m'), zone: 'Europe/Berlin' },
  ]);
});

test('the chat that a person used last counts', async (t) => {
  const database = await memoryStore(t);
  await rememberPerson(database, 'alex', chat('old'), 'UTC', minutes(0));
  await rememberPerson(database, 'alex', chat('new'), 'Europe/Berlin', minutes(1));
  assert.deepEqual(await personalChats(database), [
    { personId: 'alex', where: chat('new'), zone: 'Europe/Berlin' },
  ]);
});
