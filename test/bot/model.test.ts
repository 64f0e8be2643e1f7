import { test } from 'node:test';
import { openDatabase } from '../../bot/store/open-database.ts';
import { sqliteFile } from '../../bot/store/store-config.ts';
import { runModel } from './model/run-model.ts';

const store = async () => {
  const database = await openDatabase(sqliteFile(':memory:'));
  return { database, close: () => database.destroy() };
};
const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

for (const [name, seed] of [
  ['always the same', 5],
  ['new ones each time', undefined],
] as const) {
  test(`whatever happens in whatever order, nothing runs that was not approved, nothing twice, and every card is true: ${name}`, async () => {
    await runModel({
      store,
      round,
      parameters: { numRuns: Number(process.env.RUNS ?? 30), ...(seed === undefined ? {} : { seed }) },
    });
  });
}
