import assert from 'node:assert/strict';
import { claimAnswer } from '../../../bot/store/claim-answer.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

test('one of several that ask at the same time may answer, and another activity has an answer of its own', async (t) => {
  const database = await memoryStore(t);
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimAnswer(database, 'one', minutes(0))));
  assert.deepEqual(claims.toSorted(), [false, false, false, false, true]);
  assert.equal(await claimAnswer(database, 'other', minutes(0)), true);
});

test('what Teams delivers no more is forgotten', async (t) => {
  const database = await memoryStore(t);
  await claimAnswer(database, 'one', minutes(0));
  await claimAnswer(database, 'other', minutes(9));
  assert.equal(await claimAnswer(database, 'one', minutes(9)), false);
  await claimAnswer(database, 'third', minutes(11));
  const rows = await database.selectFrom('lateAnswers').select('activity').orderBy('activity').execute();
  assert.deepEqual(
    rows.map(({ activity }) => activity),
    ['other', 'third'],
  );
});
