import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { StoreConfig } from './store-config.ts';

export type Database = Kysely<Schema>;

/**
 * What to do with a schema that is not up to date: bring it there, or leave it and throw. Who only looks leaves it, since
 * an older version may be at work on it.
 */
export type SchemaAction = 'migrate' | 'leave';

/** Opens the store, with its schema up to date. Throws a StoreError. */
export const openDatabase = async (
  store: StoreConfig,
  action: SchemaAction = 'migrate',
): Promise<Database> => {
  // Loaded when it is the one that is used: the other's driver need not be.
  if (store.kind === 'sqlite') return (await import('./open-sqlite.ts')).openSqlite(store, action);
  return (await import('./open-postgres.ts')).openPostgres(store, undefined, action);
};
