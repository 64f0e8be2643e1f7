import { after, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { isPostgres } from '../../../bot/store/is-postgres.ts';
import { type Database, openDatabase } from '../../../bot/store/open-database.ts';
import { type StoreConfig, sqliteFile } from '../../../bot/store/store-config.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../../kit/postgres-cluster.ts';

/** Which store a test of `testOnBothStores` is to use. */
const kinds = new WeakMap<object, 'sqlite' | 'postgres'>();

/** Where there has to be a PostgreSQL, its absence fails; on a developer's machine the test says what to install. */
export const withoutPostgres: string | false =
  findPostgres() !== undefined || process.env.CI !== undefined
    ? false
    : 'PostgreSQL is not installed (Debian: apt-get install postgresql)';

/**
 * One test on SQLite; with WSUS_BOT_TEST_POSTGRES (`npm run test:postgres`) on PostgreSQL, too. `emptyStore` gives it an empty
 * store of that kind.
 */
export const testOnBothStores = (name: string, body: (test: TestContext) => Promise<void>): void => {
  test(`${name} (SQLite)`, (t) => {
    kinds.set(t, 'sqlite');
    return body(t);
  });
  if (process.env.WSUS_BOT_TEST_POSTGRES === undefined) return;
  test(`${name} (PostgreSQL)`, { skip: withoutPostgres }, (t) => {
    kinds.set(t, 'postgres');
    return body(t);
  });
};

let cluster: Promise<PostgresCluster> | undefined;

/** The cluster of this test file, started when it is first asked for, gone when the file is done. */
export const sharedCluster = (): Promise<PostgresCluster> => {
  cluster ??= startPostgresCluster();
  return cluster;
};
after(async () => (await cluster)?.remove());

let shared: Promise<StoreConfig> | undefined;

/** An empty store that ends with the test: in memory, or for a test on PostgreSQL a database there. */
export const emptyStore = async (t: TestContext): Promise<Database> => {
  if (kinds.get(t) !== 'postgres') {
    const database = await openDatabase(sqliteFile(':memory:'));
    t.after(() => database.destroy());
    return database;
  }
  // Tests of a file run one after the other, and emptying is quicker than making.
  shared ??= sharedCluster().then((started) => started.createDatabase());
  const database = await openDatabase(await shared);
  t.after(async () => {
    await empty(database);
    await database.destroy();
  });
  return database;
};

/** Takes everything out of a store on PostgreSQL. */
export const empty = async (database: Database): Promise<void> => {
  if (!isPostgres(database)) return;
  const tables = await database.introspection.getTables();
  const names = tables.map(({ name }) => sql.id(name));
  await sql`truncate ${sql.join(names)} restart identity`.execute(database);
  await sql`insert into "auditHead" (id, seq, hash) values (1, 0, '')`.execute(database);
};
