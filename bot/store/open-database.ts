import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/migrations.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

/**
 * Opens the SQLite file (made when it is missing) and brings its schema up to date. Several processes on one host may
 * share the file: write-ahead log, and a writer waits up to 10 s for another.
 */
export const openDatabase = async (path: string): Promise<Database> => {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const sqlite = new SqliteDatabase(path, { timeout: 10_000 });
  sqlite.pragma('journal_mode = WAL');
  // A journalled step must be on the disk before the side effect that it announces.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const database = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  // The write lock is held meanwhile, so that of two processes that start together one migrates and the other finds it done.
  sqlite.exec('BEGIN IMMEDIATE');
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  sqlite.exec(error === undefined ? 'COMMIT' : 'ROLLBACK');
  if (error !== undefined) throw error;
  return database;
};
