import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessDenied, type DiskFaults, writeNew } from './server-disk.ts';
import { sha256Of } from './sha256.ts';

const kept = 10;
const namePattern = /^Web\.config\.\d{8}-\d{9}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.bak$/;

/** Whether this is a backup's name: time, change id, and never a path. */
export function isBackupName(name: string): boolean {
  return namePattern.test(name);
}

/** `Web.config.20261125-022103417.<change id>.bak`: sorted by name is sorted by time. */
export function backupName(changeId: string, at: Date): string {
  const [date = '', clock = ''] = at.toISOString().split('T');
  return `Web.config.${date.replaceAll('-', '')}-${clock.replace(/\D/g, '')}.${changeId.toLowerCase()}.bak`;
}

/** Writes a backup, reads it back, and removes all but the newest ten. Throws AccessDenied. */
export async function writeBackup(folder: string, name: string, bytes: Uint8Array, faults: DiskFaults): Promise<void> {
  if (faults.has('backup-write-denied')) throw new AccessDenied('the folder for backups');
  const path = join(folder, name);
  await writeNew(path, bytes);
  if (sha256Of(await readFile(path)) !== sha256Of(bytes)) throw new AccessDenied('the backup');
  const others = (await readdir(folder)).filter((other) => isBackupName(other) && other !== name).sort();
  for (const old of others.slice(0, Math.max(0, others.length - (kept - 1)))) await rm(join(folder, old));
}

/** The bytes of a backup, or undefined when there is none of that name. */
export async function readBackup(folder: string, name: string): Promise<Buffer | undefined> {
  if (!isBackupName(name) || !(await readdir(folder)).includes(name)) return undefined;
  return readFile(join(folder, name));
}
