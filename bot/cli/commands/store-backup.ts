import { statSync } from 'node:fs';
import { loadConfig } from '../../config.ts';
import { backUpSqlite } from '../../store/back-up-sqlite.ts';
import { StoreError } from '../../store/store-error.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { Printer } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words: [file = ''], config: path, json }, terminal) => {
  const { store } = loadConfig(path, terminal.env, { secrets: 'ignore' });
  if (store.kind !== 'sqlite') {
    throw new UsageError('the store is PostgreSQL, which pg_dump backs up (docs/operations.md)');
  }
  try {
    await backUpSqlite(store, file);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new FileError('cli.file-not-writable', `writing ${file}`, error);
  }
  const bytes = statSync(file).size;
  if (json) terminal.stdout.write(`${toJsonLine({ file, bytes })}\n`);
  else new Printer(terminal.stdout).marked('good', `${file}: ${bytes} bytes, read through`);
  return exitCodes.fine;
};
