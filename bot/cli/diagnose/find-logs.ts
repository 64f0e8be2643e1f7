import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { FileError } from '../file-error.ts';

/** Names of logs and of archives of logs, also those that were rotated away. */
const logName = /\.(?:log|lo_|txt|csv|xml|gz|zip|cab)(?:[._-]?\d{1,8}|\.old|\.bak|~)?$/i;

/**
 * The files that a word of the command line means: itself, or every log and archive in the folder that it names and the folders in that one, in the order of
 * their names. A link that leads out of the folder is not followed. Throws a FileError.
 */
export async function findLogs(path: string): Promise<string[]> {
  try {
    if (path === '-' || !(await stat(path)).isDirectory()) return [path];
    const found = await logsIn(path, await realpath(path));
    return found.toSorted((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    throw new FileError('cli.file-not-readable', `reading ${path}`, error);
  }
}

/** Folder by folder: readdir's own recursion follows links. */
async function logsIn(folder: string, root: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await logsIn(path, root)));
    else if (!logName.test(entry.name)) continue;
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFileWithin(root, path)))) found.push(path);
  }
  return found;
}

async function isFileWithin(root: string, link: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}
