import assert from 'node:assert/strict';
import {
  type CardClaim,
  cardFailed,
  cardShown,
  cardsBehind,
  changesBehind,
  claimCard,
  isClaimHeld,
  showAgain,
} from '../../../bot/store/card-claim.ts';
import { claim, finish, journalStep } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { cardsOf, rememberCard, type ShownCard } from '../../../bot/store/posted.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from './sample-store.ts';

const cardIn = (conversationId: string): ShownCard => ({
  posted: { where: { conversationId, kind: 'personal', address: '{}' }, messageId: 'm1' },
  reader: 'approver',
  zone: 'UTC',
  personId: undefined,
});

const card = cardIn('a');
const by = (claimedBy: string): CardClaim => ({ posted: card.posted, claimedBy });

const posted = async (t: Parameters<typeof memoryStore>[0]): Promise<{ database: Database; id: string }> => {
  const database = await memoryStore(t);
  const id = await approved(database);
  await rememberCard(database, id, card);
  return { database, id };
};

const versionOf = async (database: Database, id: string): Promise<number> =>
  (await findChange(database, id))?.version ?? Number.NaN;

test('a card is behind until it shows the change as it is, and again when that moves', async (t) => {
  const { database, id } = await posted(t);
  assert.deepEqual(await changesBehind(database, minutes(1)), [id]);
  assert.deepEqual(await cardsBehind(database, id, minutes(1)), [card]);
  await claimCard(database, by('one'), minutes(1), minutes(2));
  assert.equal(await cardShown(database, by('one'), await versionOf(database, id)), true);
  assert.deepEqual(await changesBehind(database, minutes(1)), []);
  const lease = await claim(database, id, 'one', minutes(2), minutes(9));
  assert.ok(lease !== undefined);
  assert.deepEqual(await changesBehind(database, minutes(2)), [id]);
  await claimCard(database, by('one'), minutes(2), minutes(3));
  await cardShown(database, by('one'), await versionOf(database, id));
  await journalStep(database, lease, 'read', 'started', minutes(3));
  assert.deepEqual(await changesBehind(database, minutes(3)), [id]);
  await claimCard(database, by('one'), minutes(3), minutes(4));
  await cardShown(database, by('one'), await versionOf(database, id));
  await finish(
    database,
    lease,
    { state: 'stale', result: { kind: 'stale', seenAt: minutes(3).toISOString() } },
    minutes(4),
  );
  assert.deepEqual(await changesBehind(database, minutes(4)), [id]);
});

test('a card that was posted with a version does not need to be replaced by it', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  await rememberCard(database, id, card, await versionOf(database, id));
  assert.deepEqual(await changesBehind(database, minutes(1)), []);
});

test('of several that want to replace a card one may, until its time is over', async (t) => {
  const { database, id } = await posted(t);
  const claims = await Promise.all(
    ['one', 'two', 'three'].map((name) => claimCard(database, by(name), minutes(1), minutes(2))),
  );
  assert.deepEqual(
    claims.filter((claimed) => claimed !== undefined),
    [{ failures: 0 }],
  );
  assert.deepEqual(await changesBehind(database, minutes(1)), [], 'somebody is at it');
  assert.deepEqual(await changesBehind(database, minutes(2)), [id]);
  assert.notEqual(await claimCard(database, by('four'), minutes(2), minutes(3)), undefined);
});

test('a card that shows what is true cannot be claimed', async (t) => {
  const { database, id } = await posted(t);
  await claimCard(database, by('one'), minutes(1), minutes(2));
  await cardShown(database, by('one'), await versionOf(database, id));
  assert.equal(await claimCard(database, by('two'), minutes(3), minutes(4)), undefined);
});

test('a claim is held until its time is over or another has it', async (t) => {
  const { database } = await posted(t);
  await claimCard(database, by('one'), minutes(1), minutes(2));
  assert.equal(await isClaimHeld(database, by('one'), minutes(1)), true);
  assert.equal(await isClaimHeld(database, by('two'), minutes(1)), false);
  assert.equal(await isClaimHeld(database, by('one'), minutes(2)), false);
  await claimCard(database, by('two'), minutes(2), minutes(3));
  assert.equal(await isClaimHeld(database, by('one'), minutes(1)), false);
});

test('who replaced a card after losing the right to it makes it count as behind: an older state may stand there', async (t) => {
  const { database, id } = await posted(t);
  await claimCard(database, by('slow'), minutes(1), minutes(2));
  await claimCard(database, by('quick'), minutes(3), minutes(4));
  await cardShown(database, by('quick'), await versionOf(database, id));
  assert.equal(await cardShown(database, by('slow'), 0), false);
  assert.deepEqual(await changesBehind(database, minutes(3)), [id]);
});

test('a card that could not be replaced rests, keeps count, and forgets the count when it worked', async (t) => {
  const { database, id } = await posted(t);
  await claimCard(database, by('one'), minutes(1), minutes(2));
  await cardFailed(database, by('one'), 1, minutes(5));
  assert.deepEqual(await changesBehind(database, minutes(4)), []);
  assert.deepEqual(await changesBehind(database, minutes(5)), [id]);
  assert.deepEqual(await claimCard(database, by('two'), minutes(5), minutes(6)), { failures: 1 });
  await cardShown(database, by('two'), await versionOf(database, id));
  await showAgain(database, card.posted);
  assert.deepEqual(await claimCard(database, by('one'), minutes(7), minutes(8)), { failures: 0 });
});

test('a failure of who lost the right to a card does not hold back who has it', async (t) => {
  const { database, id } = await posted(t);
  await claimCard(database, by('slow'), minutes(1), minutes(2));
  await claimCard(database, by('quick'), minutes(3), minutes(4));
  await cardFailed(database, by('slow'), 7, minutes(60));
  assert.equal(await isClaimHeld(database, by('quick'), minutes(3)), true);
  await cardShown(database, by('quick'), await versionOf(database, id));
  assert.deepEqual(await changesBehind(database, minutes(3)), []);
});

test('a message that shows another change now takes the right from who was at it', async (t) => {
  const { database } = await posted(t);
  const other = await proposed(database, newPlan('wsus02'));
  await claimCard(database, by('slow'), minutes(1), minutes(2));
  await rememberCard(database, other, card, await versionOf(database, other));
  assert.equal(await cardShown(database, by('slow'), 5), false);
  assert.deepEqual(await changesBehind(database, minutes(1)), [other]);
  assert.deepEqual(await cardsOf(database, other), [card]);
});
