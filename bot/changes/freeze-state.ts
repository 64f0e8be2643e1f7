import { lstat, open, stat } from 'node:fs/promises';
import { currentFreeze, type Freeze } from '../store/freezes.ts';
import type { Database } from '../store/open-database.ts';

/** Whether changes are stopped, by a person in the chat or by a file on this host, for when the chat is down. */
export type FreezeState =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'person' } & Freeze)
  /** `reason` is the first line of the file: outside text. */
  | { readonly kind: 'file'; readonly file: string; readonly reason: string; readonly since: Date }
  /** There is something in its place that cannot be read: that freezes, too. */
  | { readonly kind: 'file-unread'; readonly file: string };

/** Asked whenever something would be approved or started. The file stands before the chat: it is there when nothing else is. */
export const freezeState = async (database: Database, file: string): Promise<FreezeState> => {
  const byFile = await frozenByFile(file);
  if (byFile !== undefined) return byFile;
  const freeze = await currentFreeze(database);
  return freeze === undefined ? { kind: 'none' } : { kind: 'person', ...freeze };
};

const longestReason = 500;
/** Of the file no more is read, however large it is. */
const readBytes = 4_096;

const frozenByFile = async (file: string): Promise<FreezeState | undefined> => {
  try {
    const found = await stat(file);
    // A pipe would be read for ever.
    if (!found.isFile()) return { kind: 'file-unread', file };
    const [line = ''] = (await beginningOf(file)).split(/\r?\n/, 1);
    return { kind: 'file', file, reason: line.trim().slice(0, longestReason), since: found.mtime };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && !(await isLink(file)) ? undefined : { kind: 'file-unread', file };
  }
};

const beginningOf = async (file: string): Promise<string> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(readBytes), 0, readBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** A link to a file that is gone is there, and cannot be read. */
const isLink = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
