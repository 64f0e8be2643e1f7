import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../bot/store/open-database.ts';
import { inMemory, nextTurn, runModel } from './model/run-model.ts';
import { empty, sharedCluster, withoutPostgres } from './store/both-stores.ts';

const claim =
  'whatever happens in whatever order, nothing unapproved runs, nothing runs twice, every card is true';

test(`${claim}: 2,000 runs on SQLite`, async () => {
  await runModel({ store: inMemory, round: nextTurn, parameters: { numRuns: 2_000 } });
});

test(`${claim}: 300 runs on PostgreSQL`, { skip: withoutPostgres }, async (t) => {
  const database = await openDatabase(await (await sharedCluster()).createDatabase());
  t.after(() => database.destroy());
  await runModel({
    store: async () => {
      await empty(database);
      return { database, close: async () => undefined };
    },
    round: () => pause(2),
    parameters: { numRuns: 300 },
  });
});
