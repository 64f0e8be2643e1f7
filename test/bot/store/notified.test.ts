import assert from 'node:assert/strict';
import { forgetOldNews, newsFor, takeNews } from '../../../bot/store/announcements.ts';
import { arrive, leave } from '../../../bot/store/installations.ts';
import { beginNotifying, endNotifying, notifiedPlaces } from '../../../bot/store/notified.ts';
import { approver } from '../changes/sample-change.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from './sample-store.ts';

const place = (conversationId: string, installation = conversationId) => ({
  where: { conversationId, kind: 'channel' as const, address: '{"x":1}' },
  installation,
  zone: 'UTC',
  by: approver,
  since: minutes(0),
});

test('of those who say that the bot has come one is the first, until it goes', async (t) => {
  const database = await memoryStore(t);
  const at = minutes(1);
  const said = await Promise.all(['a', 'a', 'a'].map((id) => arrive(database, id, at)));
  assert.deepEqual(said.toSorted(), [false, false, true]);
  assert.equal(await arrive(database, 'b', at), true);
  await leave(database, { installation: 'a', conversationId: 'a' }, minutes(2));
  assert.equal(await arrive(database, 'a', minutes(3)), true);
  assert.equal(await arrive(database, 'a', minutes(4)), false);
});

test('a place is told of changes from one word to the other', async (t) => {
  const database = await memoryStore(t);
  assert.equal(await beginNotifying(database, place('a')), true);
  assert.equal(await beginNotifying(database, { ...place('a'), since: minutes(5) }), false);
  assert.deepEqual(await notifiedPlaces(database), [place('a')]);
  assert.equal(await endNotifying(database, 'a', approver, minutes(6)), true);
  assert.equal(await endNotifying(database, 'a', approver, minutes(7)), false);
});

test('when a team is left, all of its channels are', async (t) => {
  const database = await memoryStore(t);
  for (const id of ['a', 'b']) await beginNotifying(database, place(id, 'team'));
  await beginNotifying(database, place('c'));
  await leave(database, { installation: 'team', conversationId: 'a' }, minutes(1));
  assert.deepEqual(
    (await notifiedPlaces(database)).map(({ where }) => where.conversationId),
    ['c'],
  );
});

test('news is a plan that waits, once for each place', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  const news = { changeId: id, event: 'proposed' };
  assert.deepEqual(await newsFor(database, place('a'), minutes(1)), [news]);
  const taken = await Promise.all([1, 2, 3].map(() => takeNews(database, 'a', news, minutes(1))));
  assert.deepEqual(taken.toSorted(), [false, false, true]);
  assert.deepEqual(await newsFor(database, place('a'), minutes(2)), []);
  assert.deepEqual(await newsFor(database, place('b'), minutes(2)), [news]);
});

test('what is under way is no news, nor what was before the place or a day ago', async (t) => {
  const database = await memoryStore(t);
  await approved(database);
  assert.deepEqual(await newsFor(database, place('a'), minutes(2)), []);
  await proposed(database, newPlan('wsus02'));
  assert.deepEqual(await newsFor(database, { ...place('a'), since: minutes(1) }, minutes(2)), []);
  assert.deepEqual(await newsFor(database, place('a'), minutes(24 * 60 + 1)), []);
});

test('what was told is known as long as it is news', async (t) => {
  const database = await memoryStore(t);
  const news = { changeId: await proposed(database), event: 'proposed' };
  await takeNews(database, 'a', news, minutes(0));
  await forgetOldNews(database, minutes(47 * 60));
  assert.equal(await takeNews(database, 'a', news, minutes(0)), false);
  await forgetOldNews(database, minutes(49 * 60));
  assert.equal(await takeNews(database, 'a', news, minutes(0)), true);
});
