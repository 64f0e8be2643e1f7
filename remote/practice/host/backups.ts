import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessDenied, type DiskFaults, writeNew } from './server-disk.ts';
import { sha256Of } from './sha256.ts';

const kept = 10;
const namePattern = /^Web\.config\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.bak$/;

/** Writes a backup, reads it back, and removes all but the newest ten. A backup of that name is never written over. Throws AccessDenied. */
export async function writeBackup(
  folder: string,
  name: string,
  bytes: Uint8Array,
  faults: DiskFaults,
): Promise<void> {
  if (faults.has('backup-write-denied')) throw new AccessDenied('the folder for backups');
  const present = await readBackup(folder, name);
  if (present === undefined) await writeWhole(join(folder, name), bytes);
  else if (sha256Of(present) !== sha256Of(bytes)) throw new AccessDenied('another backup of this name');
  await removeOld(folder, name);
}

/** The bytes of a backup, or undefined when there is none, or the name is no backup's. */
export async function readBackup(folder: string, name: string): Promise<Buffer | undefined> {
  if (!namePattern.test(name) || !(await readdir(folder)).includes(name)) return undefined;
  return readFile(join(folder, name));
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  await rm(temporary, { force: true });
  await writeNew(temporary, bytes);
  if (sha256Of(await readFile(temporary)) !== sha256Of(bytes)) throw new AccessDenied('the backup');
  await rename(temporary, path);
}

async function removeOld(folder: string, newest: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => namePattern.test(name) && name !== newest);
  const dated = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((a, b) => b.time - a.time);
  for (const { name } of dated.slice(kept - 1)) await rm(join(folder, name));
}
