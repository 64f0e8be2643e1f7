import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../store/open-database.ts';
import { FileError } from './file-error.ts';

/** Opens the store of a bot that has run already, gives it to `use` and closes it. Throws a FileError when there is none. */
export const withStore = async <T>(
  { store }: Pick<Config, 'store'>,
  use: (database: Database) => Promise<T>,
): Promise<T> => {
  if (store.kind === 'sqlite' && !existsSync(store.file)) {
    const missing = Object.assign(new Error(), { code: 'ENOENT' });
    throw new FileError('cli.file-not-readable', `opening ${store.file}`, missing);
  }
  const database = await openDatabase(store);
  try {
    return await use(database);
  } finally {
    await database.destroy();
  }
};
