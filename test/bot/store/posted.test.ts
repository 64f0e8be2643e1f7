import assert from 'node:assert/strict';
import { cardsOf, forgetCard, rememberCard, type ShownCard } from '../../../bot/store/posted.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, newPlan, proposed } from './sample-store.ts';

const shown = (
  conversationId: string,
  messageId: string,
  reader: ShownCard['reader'] = 'approver',
): ShownCard => ({
  posted: { where: { conversationId, kind: 'personal', address: '{"x":1}' }, messageId },
  reader,
  zone: 'Europe/Berlin',
  personId: conversationId === 'a' ? 'alex' : undefined,
});

test('all cards of a change come back as they were remembered', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  const cards = [shown('a', 'm1'), shown('b', 'm1', 'requester')];
  for (const card of cards) await rememberCard(database, id, card);
  assert.deepEqual(await cardsOf(database, id), cards);
  assert.deepEqual(await cardsOf(database, 'another'), []);
});

test('a message shows one change: the newest takes the place of the older', async (t) => {
  const database = await memoryStore(t);
  const older = await proposed(database);
  const newer = await proposed(database, newPlan('wsus02'));
  await rememberCard(database, older, shown('a', 'm1', 'everybody'));
  await rememberCard(database, newer, shown('a', 'm1', 'approver'));
  assert.deepEqual(await cardsOf(database, older), []);
  assert.deepEqual(await cardsOf(database, newer), [shown('a', 'm1', 'approver')]);
});

test('a message that shows something else now is forgotten, and no other', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  await rememberCard(database, id, shown('a', 'm1'));
  await rememberCard(database, id, shown('a', 'm2'));
  await rememberCard(database, id, shown('b', 'm1'));
  await forgetCard(database, shown('a', 'm1').posted);
  assert.deepEqual(
    (await cardsOf(database, id)).map(({ posted }) => `${posted.where.conversationId} ${posted.messageId}`),
    ['a m2', 'b m1'],
  );
});
