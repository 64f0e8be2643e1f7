import assert from 'node:assert/strict';
import {
  answerJob,
  askJob,
  dropJob,
  dropOldJobs,
  giveJobBack,
  type Job,
  jobState,
  keepJob,
  takeJob,
} from '../../../bot/store/jobs.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

const job = (id: string, server = 'wsus01', deadline = minutes(5)): Job => ({
  id,
  server,
  requestJson: '{"brief":true}',
  deadline,
});

test('a job waits, is taken, and is done with its result', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('j'));
  assert.deepEqual(await jobState(database, 'j'), { kind: 'waiting' });
  assert.deepEqual(await takeJob(database, ['wsus01'], 'one', minutes(1), minutes(2)), job('j'));
  assert.deepEqual(await jobState(database, 'j'), { kind: 'taken' });
  await answerJob(database, 'j', 'one', '{"ok":true}');
  assert.deepEqual(await jobState(database, 'j'), { kind: 'done', resultJson: '{"ok":true}' });
  assert.equal(await takeJob(database, ['wsus01'], 'two', minutes(4), minutes(5)), undefined);
  await dropJob(database, 'j');
  assert.deepEqual(await jobState(database, 'j'), { kind: 'gone' });
});

test('of several processes one takes a job', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('j'));
  const taken = await Promise.all(
    ['one', 'two', 'three'].map((owner) => takeJob(database, ['wsus01'], owner, minutes(1), minutes(2))),
  );
  assert.equal(taken.filter((entry) => entry !== undefined).length, 1);
});

test('the most urgent comes first, and only of servers that the taker knows', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('late', 'wsus01', minutes(9)));
  await askJob(database, job('soon', 'wsus01', minutes(4)));
  await askJob(database, job('elsewhere', 'wsus02', minutes(3)));
  const take = async (servers: string[]) =>
    (await takeJob(database, servers, 'one', minutes(1), minutes(2)))?.id;
  assert.equal(await take(['wsus01']), 'soon');
  assert.equal(await take(['wsus01']), 'late');
  assert.equal(await take(['wsus01']), undefined);
  assert.equal(await take([]), undefined);
});

test('a job whose reader is silent is taken by another, and the first one cannot answer it any more', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('j'));
  await takeJob(database, ['wsus01'], 'dead', minutes(1), minutes(2));
  assert.equal(await takeJob(database, ['wsus01'], 'one', minutes(1), minutes(2)), undefined);
  assert.equal((await takeJob(database, ['wsus01'], 'one', minutes(2), minutes(3)))?.id, 'j');
  assert.equal(await keepJob(database, 'j', 'dead', minutes(9)), false);
  await answerJob(database, 'j', 'dead', '"old"');
  assert.deepEqual(await jobState(database, 'j'), { kind: 'taken' });
});

test('a job that is kept is not taken by another', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('j'));
  await takeJob(database, ['wsus01'], 'one', minutes(1), minutes(2));
  assert.equal(await keepJob(database, 'j', 'one', minutes(4)), true);
  assert.equal(await takeJob(database, ['wsus01'], 'two', minutes(3), minutes(4)), undefined);
});

test('a job that is given back is taken at once', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('j'));
  await takeJob(database, ['wsus01'], 'one', minutes(1), minutes(4));
  await giveJobBack(database, 'j', 'two');
  assert.equal(await takeJob(database, ['wsus01'], 'two', minutes(2), minutes(4)), undefined);
  await giveJobBack(database, 'j', 'one');
  assert.equal((await takeJob(database, ['wsus01'], 'two', minutes(2), minutes(4)))?.id, 'j');
});

test('what nobody waits for any more is not taken, and cleared away', async (t) => {
  const database = await memoryStore(t);
  await askJob(database, job('old', 'wsus01', minutes(2)));
  await askJob(database, job('new', 'wsus01', minutes(9)));
  assert.equal((await takeJob(database, ['wsus01'], 'one', minutes(3), minutes(4)))?.id, 'new');
  await dropOldJobs(database, minutes(3));
  assert.deepEqual(await jobState(database, 'old'), { kind: 'gone' });
  assert.deepEqual(await jobState(database, 'new'), { kind: 'taken' });
});
