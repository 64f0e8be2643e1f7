import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the bot may write its store: the file, or else the nearest folder above it that exists. */
export function storeIsWritable(store: string): boolean {
  let path = store;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
