import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Of } from './sha256.ts';

/** Access to a file was refused, by the real file system or by a fault that was set. */
export class AccessDenied extends Error {}

/** What the functions do to files, with the faults that can be set. */
export interface DiskFaults {
  has(
    fault: 'file-read-denied' | 'file-write-denied' | 'backup-write-denied' | 'file-locked' | 'disk-full',
  ): boolean;
}

export async function readConfig(path: string, faults: DiskFaults): Promise<Buffer> {
  if (faults.has('file-read-denied')) throw new AccessDenied('Web.config');
  return asAccess(() => readFile(path));
}

/** Writes a new file and flushes it to the disk. An existing file of that name is left alone and the write refused. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await asAccess(async () => {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

export interface Replacement {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The file's hash at this moment; anything else stops the replacement. */
  readonly sha256Before: string;
  readonly writtenAt: Date;
}

/**
 * Puts a new file in the place of the old one: temporary file in the same directory, flushed, read back, then renamed over.
 * The old content stays whole under its other hard links. Answers false when the file was no longer as it was said to be.
 */
export async function replaceConfig(replacement: Replacement, faults: DiskFaults): Promise<boolean> {
  if (faults.has('file-write-denied') || faults.has('disk-full')) throw new AccessDenied('Web.config');
  const { path, bytes } = replacement;
  const temporary = join(dirname(path), `Web.config.${sha256Of(bytes).slice(0, 12)}.tmp`);
  await rm(temporary, { force: true });
  try {
    await writeNew(temporary, bytes);
    await utimes(temporary, replacement.writtenAt, replacement.writtenAt);
    if (sha256Of(await readFile(temporary)) !== sha256Of(bytes)) throw new AccessDenied('the temporary file');
    if (sha256Of(await readConfig(path, faults)) !== replacement.sha256Before) return false;
    if (faults.has('file-locked')) throw new AccessDenied('Web.config');
    await asAccess(() => rename(temporary, path));
    await flushDirectory(dirname(path));
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function statConfig(
  path: string,
  faults: DiskFaults,
): Promise<{ hardLinks: number; lastWriteAt: Date }> {
  if (faults.has('file-read-denied')) throw new AccessDenied('Web.config');
  const { nlink, mtimeNs } = await asAccess(() => stat(path, { bigint: true }));
  // Cut to milliseconds, as .NET does; `mtime` rounds.
  return { hardLinks: Number(nlink), lastWriteAt: new Date(Number(mtimeNs / 1_000_000n)) };
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function asAccess<Value>(action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EBUSY'].includes(String(error.code))
    ) {
      throw new AccessDenied(String(error.code), { cause: error });
    }
    throw error;
  }
}
