import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely';
import { migrate, requireUpToDate } from './migrate.ts';
import type { Database, SchemaAction } from './open-database.ts';
import type { Schema } from './schema.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { type SqliteStore, storeName } from './store-config.ts';

/**
 * Opens the SQLite file (made when it is missing) and brings its schema up to date. Several processes on one host may
 * share the file: write-ahead log, and a writer waits up to 10 s for another. Throws a StoreError.
 */
export const openSqlite = async (store: SqliteStore, action: SchemaAction): Promise<Database> => {
  const sqlite = guarded(`opening the store ${storeName(store)}`, () => open(store.file));
  const database = new Kysely<Schema>({ dialect: new SqliteDialect({ database: guardedDatabase(sqlite) }) });
  try {
    if (action === 'leave') {
      await requireUpToDate(database);
      return database;
    }
    // The write lock is held meanwhile, so that of two processes that start together one migrates and the other finds it done.
    sqlite.exec('BEGIN IMMEDIATE');
    await migrate(database);
    sqlite.exec('COMMIT');
    return database;
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    sqlite.close();
    throw sqliteFailure(error, `opening the store ${storeName(store)}`);
  }
};

const open = (file: string): SqliteDatabase.Database => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new SqliteDatabase(file, { timeout: 10_000 });
  try {
    sqlite.pragma('journal_mode = WAL');
    // A journalled step must be on the disk before the side effect that it announces.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return sqlite;
};

/** What Kysely sees of the database: its failures have a code and a remedy, and none hides another. */
const guardedDatabase = (sqlite: SqliteDatabase.Database) => {
  /** Preparing costs more than most reads. Kysely asks for the same few texts again and again. */
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    const doing = text.startsWith('select') ? 'reading the store' : 'writing to the store';
    const statement = guarded(doing, () => sqlite.prepare<unknown[]>(text));
    return {
      reader: statement.reader,
      all: (parameters) => guarded(doing, () => statement.all(...parameters)),
      run: (parameters) => guarded(doing, () => statement.run(...parameters)),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  };
  return {
    close: () => sqlite.close(),
    prepare: (text: string): SqliteStatement => {
      // Of a full disk SQLite may end the transaction by itself; Kysely's rollback would then hide why.
      if (text === 'rollback' && !sqlite.inTransaction) return alreadyDone;
      const statement = prepared.get(text) ?? prepare(text);
      // A list of values of another length is another text.
      if (prepared.size < mostPrepared) prepared.set(text, statement);
      return statement;
    },
  };
};

const mostPrepared = 500;

const alreadyDone: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

const guarded = <Result>(doing: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw sqliteFailure(error, doing);
  }
};
