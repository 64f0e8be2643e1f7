import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgres } from './is-postgres.ts';
import { migrations } from './migrations/migrations.ts';
import type { Database } from './open-database.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings the schema up to date, forward only. The caller holds the store's write lock, so that of several processes one
 * migrates and the others find it done. Throws a StoreError when a newer version of the program was here.
 */
export const migrate = async (database: Database): Promise<void> => {
  await isUpToDate(database);
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) throw error;
};

/** Whether every migration of this version has been run. Throws a StoreError when there is one that it does not know. */
export const isUpToDate = async (database: Database): Promise<boolean> => {
  if (!(await isMade(database))) return false;
  const done = await refuseNewer(database);
  return Object.keys(migrations).every((name) => done.has(name));
};

/** Throws a StoreError when there is a migration that was not run, or one that this version does not know. */
export const requireUpToDate = async (database: Database): Promise<void> => {
  if (!(await isUpToDate(database))) throw new StoreError('store.older', { doing: 'opening the store' });
};

const isMade = async (database: Database): Promise<boolean> => {
  const tables = isPostgres(database)
    ? sql`select 1 where to_regclass('kysely_migration') is not null`
    : sql`select 1 from sqlite_master where name = 'kysely_migration'`;
  return (await tables.execute(database)).rows.length > 0;
};

/** The migrations that have been run. Throws a StoreError when there is one that this version does not know. */
const refuseNewer = async (database: Database): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) {
    const cause = new Error(`migrations of a newer version: ${unknown.toSorted().join(', ')}`);
    throw new StoreError('store.newer', { doing: 'opening the store', cause });
  }
  return new Set(rows.map(({ name }) => name));
};

/**
 * Reads and writes the store once, changing nothing. Throws a StoreError when it is away, full, read-only, or was migrated
 * by a newer version meanwhile.
 */
export const checkStore = async (database: Database): Promise<void> => {
  await refuseNewer(database);
  // Kysely's own row, which neither database uses: nobody waits for this write.
  await sql`update kysely_migration_lock set is_locked = 0 where id = 'migration_lock'`.execute(database);
};
