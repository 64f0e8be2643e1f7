import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '../../../remote/coded-error.ts';
import { type StoreConfig, storeName } from '../../store/store-config.ts';

/** What was seen of the store, in words for a person. */
export interface StoreExamination {
  readonly ok: boolean;
  readonly text: string;
}

/** Whether the bot may write its store. Makes and changes nothing there. */
export async function examineStore(store: StoreConfig): Promise<StoreExamination> {
  if (store.kind === 'sqlite') return examineFile(store.file);
  try {
    // Loaded only where it is used: most of what doctor does needs no database.
    const { lookAtPostgres } = await import('../../store/open-postgres.ts');
    const ready = await lookAtPostgres(store);
    return ready
      ? { ok: true, text: `the store can be written: ${storeName(store)}` }
      : { ok: true, text: `the store answers: ${storeName(store)}; its tables are made when the bot starts` };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { ok: false, text: `${error.message} (${error.code}). ${error.remedy}` };
  }
}

/** The file, or else the nearest folder above it that exists. */
function examineFile(file: string): StoreExamination {
  let path = file;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  try {
    accessSync(path, constants.W_OK);
    return { ok: true, text: `the store can be written: ${file}` };
  } catch {
    return {
      ok: false,
      text: `the store cannot be written: ${file}. Let this user write there, or change "store".`,
    };
  }
}
