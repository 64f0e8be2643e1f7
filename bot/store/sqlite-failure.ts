import { StoreError, type StoreErrorCode } from './store-error.ts';

/** By the primary part of SQLite's result codes (sqlite.org/rescode.html); the longest that fits counts. */
const codes: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_FULL', 'store.full'],
  ['SQLITE_READONLY', 'store.read-only'],
  ['SQLITE_PERM', 'store.read-only'],
  ['SQLITE_AUTH', 'store.read-only'],
  ['SQLITE_BUSY', 'store.busy'],
  ['SQLITE_LOCKED', 'store.busy'],
  ['SQLITE_NOTADB', 'store.damaged'],
  ['SQLITE_CORRUPT', 'store.damaged'],
  ['SQLITE_IOERR', 'store.unreachable'],
  ['SQLITE_CANTOPEN', 'store.unreachable'],
  ['SQLITE_PROTOCOL', 'store.unreachable'],
];

/** Codes of node:fs, from making the folder. */
const fileCodes: Readonly<Record<string, StoreErrorCode>> = {
  EACCES: 'store.read-only',
  EPERM: 'store.read-only',
  EROFS: 'store.read-only',
  ENOSPC: 'store.full',
  ENOTDIR: 'store.unreachable',
  EEXIST: 'store.unreachable',
  ENOENT: 'store.unreachable',
  EIO: 'store.unreachable',
};

/** The error as a StoreError when it is one of the store itself; a constraint that does its work stays what it is. */
export const sqliteFailure = (error: unknown, doing: string): unknown => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const given = error.code;
  const code = codes.find(([prefix]) => given.startsWith(prefix))?.[1] ?? fileCodes[given];
  return code === undefined ? error : new StoreError(code, { doing, cause: error });
};
