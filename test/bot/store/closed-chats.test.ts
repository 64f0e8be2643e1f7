import assert from 'node:assert/strict';
import { closeChat, isChatClosed, reopenChat } from '../../../bot/store/closed-chats.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

test('a chat is open until it is closed, and again when it is opened', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await isChatClosed(database, 'a'), false);
  await closeChat(database, 'a', 'BotNotInConversationRoster', minutes(0));
  await closeChat(database, 'a', 'ConversationNotFound', minutes(1));
  assert.equal(await isChatClosed(database, 'a'), true);
  assert.equal(await isChatClosed(database, 'b'), false);
  await reopenChat(database, 'a');
  assert.equal(await isChatClosed(database, 'a'), false);
});

test('opening a chat that is open is nothing', async (t) => {
  const database = await memoryStore(t);
  await reopenChat(database, 'a');
  assert.equal(await isChatClosed(database, 'a'), false);
});
