import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { forgetOldTokens } from '../../../bot/store/forget-tokens.ts';
import { findAction, keepToken } from '../../../bot/store/tokens.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes, proposed } from './sample-store.ts';

const token = randomBytes(16).toString('base64url');
const action = { kind: 'approve', changeId: 'x' } as const;

test('a token opens its action, again and again, in the conversation it was made for', async (t) => {
  const database = await memoryStore(t);
  await keepToken(database, token, 'chat', action, minutes(0));
  assert.deepEqual(await findAction(database, token, 'chat'), action);
  assert.deepEqual(await findAction(database, token, 'chat'), action);
});

test('in another conversation it opens nothing', async (t) => {
  const database = await memoryStore(t);
  await keepToken(database, token, 'chat', action, minutes(0));
  for (const other of ['', 'Chat', 'chat ', 'chat%', 'another']) {
    assert.equal(await findAction(database, token, other), undefined);
  }
});

test('no other text opens it', async (t) => {
  const database = await memoryStore(t);
  await keepToken(database, token, 'chat', action, minutes(0));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.constantFrom('', ' ', `${token} `, `${token}\n`, token.slice(1), `${token}=`, '%', '_'.repeat(22)),
        fc.string({ unit: fc.constantFrom(...'AZaz09_-'), minLength: 22, maxLength: 22 }),
      ),
      async (other) => {
        fc.pre(other !== token);
        assert.equal(await findAction(database, other, 'chat'), undefined);
      },
    ),
  );
});

test('a token is made once: a second action cannot take its place', async (t) => {
  const database = await memoryStore(t);
  await keepToken(database, token, 'chat', action, minutes(0));
  await assert.rejects(keepToken(database, token, 'chat', { kind: 'help' }, minutes(0)));
  assert.deepEqual(await findAction(database, token, 'chat'), action);
});

test('the same button made again in the same conversation has the same token, and leaves no row behind', async (t) => {
  const database = await memoryStore(t);
  const kept = (conversationId: string, changeId: string) =>
    keepToken(
      database,
      randomBytes(16).toString('base64url'),
      conversationId,
      { kind: 'approve', changeId },
      minutes(0),
    );
  const first = await kept('chat', 'x');
  assert.equal(await kept('chat', 'x'), first);
  assert.notEqual(await kept('chat', 'y'), first);
  assert.notEqual(await kept('other', 'x'), first);
  assert.equal((await database.selectFrom('tokens').selectAll().execute()).length, 3);
});

test('a button that is made again within the hour writes nothing; after it, its time', async (t) => {
  const database = await memoryStore(t);
  const kept = (minute: number) =>
    keepToken(database, randomBytes(16).toString('base64url'), 'chat', action, minutes(minute));
  const writtenAt = async () =>
    (await database.selectFrom('tokens').select('createdAt').executeTakeFirstOrThrow()).createdAt;
  const first = await kept(0);
  assert.equal(await kept(59), first);
  assert.equal(await writtenAt(), minutes(0).toISOString());
  assert.equal(await kept(60), first);
  assert.equal(await writtenAt(), minutes(60).toISOString());
});

test('a token that no card had for 30 days is forgotten, unless its change is open', async (t) => {
  const database = await memoryStore(t);
  const days = (count: number) => minutes(count * 24 * 60);
  const made = (conversationId: string, changeId: string, day: number) =>
    keepToken(
      database,
      randomBytes(16).toString('base64url'),
      conversationId,
      { kind: 'approve', changeId },
      days(day),
    );
  const id = await proposed(database);
  const old = await made('chat', 'long ended', 0);
  const open = await made('chat', id, 0);
  const shownAgain = await made('group', 'long ended', 0);
  await made('group', 'long ended', 2);
  await forgetOldTokens(database, days(31));
  assert.equal(await findAction(database, old, 'chat'), undefined);
  assert.deepEqual(await findAction(database, open, 'chat'), { kind: 'approve', changeId: id });
  assert.notEqual(await findAction(database, shownAgain, 'group'), undefined);
});
