import assert from 'node:assert/strict';
import { freshenAddresses } from '../../../bot/store/freshen-addresses.ts';
import { personalChats, rememberPerson } from '../../../bot/store/people.ts';
import { cardsOf, rememberCard } from '../../../bot/store/posted.ts';
import { createFreshAddresses } from '../../../bot/teams/fresh-addresses.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes, proposed } from './sample-store.ts';

const address = (serviceUrl: string, thread = '19:x') =>
  JSON.stringify({ conversation: { id: thread }, channelId: 'msteams', serviceUrl });
const place = (conversationId: string, kept: string) =>
  ({ conversationId, kind: 'channel', address: kept }) as const;
const old = 'https://smba.trafficmanager.net/amer/';
const newest = 'https://smba.trafficmanager.net/emea/';

test('the newest service address of a conversation is the one of all that is kept for it, and of nothing else', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  const remember = (conversationId: string, messageId: string, kept: string) =>
    rememberCard(database, id, {
      posted: { where: place(conversationId, kept), messageId },
      reader: 'everybody',
      zone: 'UTC',
      personId: undefined,
    });
  await remember('a', 'm1', address(old, '19:x;messageid=1'));
  await remember('a', 'm2', address(newest, '19:x;messageid=2'));
  await remember('b', 'm3', address(old));
  await rememberPerson(database, 'alex', place('a', address(old)), 'UTC', minutes(0));

  const seen = createFreshAddresses((conversationId, fresh) =>
    freshenAddresses(database, conversationId, fresh),
  );
  await seen(place('a', address(newest, '19:x;messageid=3')));

  const kept = (await cardsOf(database, id)).map(({ posted }) => [posted.messageId, posted.where.address]);
  assert.deepEqual(kept.toSorted(), [
    ['m1', address(newest, '19:x;messageid=1')],
    ['m2', address(newest, '19:x;messageid=2')],
    ['m3', address(old)],
  ]);
  assert.equal((await personalChats(database))[0]?.where.address, address(newest));
});

test('a conversation is looked at once, again when its address changes, and again when that was not possible', async () => {
  const asked: string[] = [];
  let isAway = true;
  const seen = createFreshAddresses(async (conversationId) => {
    asked.push(conversationId);
    if (isAway) throw new Error('the store is away');
  });
  await assert.rejects(seen(place('a', address(old))));
  isAway = false;
  for (const serviceUrl of [old, old, newest, newest]) await seen(place('a', address(serviceUrl)));
  assert.deepEqual(asked, ['a', 'a', 'a']);
});
