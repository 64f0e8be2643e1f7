import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { sqliteFailure } from './sqlite-failure.ts';
import { type SqliteStore, storeName } from './store-config.ts';

/**
 * Copies the store as it is at one moment into a new file, while bots go on with it, and reads the copy through. The file
 * is whole or not there. Throws a StoreError about the store, and the error of node:fs about the file (EEXIST: it is there).
 */
export const backUpSqlite = async (store: SqliteStore, target: string): Promise<void> => {
  // Taken first, and for this user alone: approvals and the audit are in it.
  closeSync(openSync(target, 'wx', 0o600));
  const part = `${target}.part`;
  try {
    closeSync(openSync(part, 'wx', 0o600));
    await copy(store, part);
    renameSync(part, target);
  } catch (error) {
    for (const file of [part, target]) rmSync(file, { force: true });
    throw sqliteFailure(error, `copying the store ${storeName(store)}`);
  }
};

const copy = async (store: SqliteStore, part: string): Promise<void> => {
  const source = new SqliteDatabase(store.file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    await source.backup(part);
  } finally {
    source.close();
  }
  const copied = new SqliteDatabase(part);
  try {
    // One file without a log beside it, so that it can be moved alone.
    copied.pragma('journal_mode = DELETE');
    const found = copied.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw Object.assign(new Error(String(found)), { code: 'SQLITE_CORRUPT' });
  } finally {
    copied.close();
  }
};
