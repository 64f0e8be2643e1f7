import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../store/open-database.ts';
import { FileError } from './file-error.ts';

/**
 * Opens the store of a bot that has run already, gives it to `use` and closes it. Makes and migrates nothing: throws a FileError
 * when there is none, a StoreError when it is of another version.
 */
export const withStore = async <T>(
  { store }: Pick<Config, 'store'>,
  use: (database: Database) => Promise<T>,
): Promise<T> => {
  if (store.kind === 'sqlite' && !existsSync(store.file)) {
    const missing = Object.assign(new Error(), { code: 'ENOENT' });
    throw new FileError('cli.file-not-readable', `opening ${store.file}`, missing);
  }
  const database = await openDatabase(store, 'leave');
  try {
    return await use(database);
  } finally {
    await database.destroy();
  }
};
