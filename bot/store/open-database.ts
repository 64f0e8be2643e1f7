import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { StoreConfig } from './store-config.ts';

export type Database = Kysely<Schema>;

/** Opens the store and brings its schema up to date. Throws a StoreError. */
export const openDatabase = async (store: StoreConfig): Promise<Database> => {
  // Loaded when it is the one that is used: the other's driver need not be.
  if (store.kind === 'sqlite') return (await import('./open-sqlite.ts')).openSqlite(store);
  return (await import('./open-postgres.ts')).openPostgres(store);
};
