import { stat } from 'node:fs/promises';
import { findLogs } from './find-logs.ts';

/** Bytes of all files that the words mean; undefined when one of them is a stream, whose end nobody knows. */
export async function totalSize(words: readonly string[]): Promise<number | undefined> {
  let total = 0;
  for (const word of words) {
    for (const file of await findLogs(word).catch(() => [])) {
      const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
      if (file === '-' || found?.isFile() === false) return undefined;
      total += found?.size ?? 0;
    }
  }
  return total;
}
