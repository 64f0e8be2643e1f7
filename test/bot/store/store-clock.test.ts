import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { createStoreClock } from '../../../bot/store/store-clock.ts';
import { sharedCluster, withoutPostgres } from './both-stores.ts';
import { memoryStore, minutes } from './sample-store.ts';

const tenMinutes = 600_000;

test('the clock of a SQLite store is that of this machine', async (t) => {
  const clock = await createStoreClock(await memoryStore(t), { now: () => minutes(7), monotonic: () => 0 });
  assert.deepEqual(clock.now(), minutes(7));
  assert.equal(await clock.compare(), 0);
});

test('with PostgreSQL a clock of this machine that is wrong, or jumps, changes nothing', {
  skip: withoutPostgres,
}, async (t) => {
  const database = await openDatabase(await (await sharedCluster()).createDatabase());
  t.after(() => database.destroy());
  let ahead = tenMinutes;
  let since = 0;
  const clock = await createStoreClock(database, {
    now: () => new Date(Date.now() + ahead),
    monotonic: () => since,
  });
  const first = clock.now().getTime();
  assert.ok(Math.abs(first - Date.now()) < 60_000, 'the time of PostgreSQL, on the same machine');
  ahead = -tenMinutes;
  assert.equal(clock.now().getTime(), first);
  since = 1_500;
  assert.equal(clock.now().getTime(), first + 1_500);
  assert.ok(Math.abs((await clock.compare()) + tenMinutes) < 60_000, 'it says how far apart they are');
  assert.ok(clock.now().getTime() >= first);
});
