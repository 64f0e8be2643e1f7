import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { findAction, keepToken } from '../../../bot/store/tokens.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

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
