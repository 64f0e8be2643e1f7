import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The drives of a Wine prefix by their letters, each with the folder of this machine that is its root. */
export type WineDrives = ReadonlyMap<string, string>;

/**
 * An absolute path of this machine as a program under Wine writes it, on the first drive that holds it: `/data/x y` is `D:\x y`
 * when `/data` is D:.
 * @throws when no drive holds it
 */
export function winePath(path: string, drives: WineDrives): string {
  for (const [letter, root] of drives) {
    const below = root.endsWith('/') ? root : `${root}/`;
    if (path.startsWith(below)) return `${letter}:\\${path.slice(below.length).replaceAll('/', '\\')}`;
  }
  throw new Error(`naming ${path} under Wine: it is on no drive`);
}

/**
 * An absolute path that a program under Wine wrote, as this machine writes it: in the letter case that the files have.
 * @throws when there is no such drive
 */
export function machinePath(path: string, drives: WineDrives): string {
  const root = drives.get(path.charAt(0).toUpperCase());
  if (root === undefined || !/^.:[\\/]/.test(path)) throw new Error(`finding ${path}: it is on no drive`);
  const names = path.slice(3).split(/[\\/]/);
  return names.reduce((folder, name) => join(folder, nameIn(folder, name)), root);
}

function nameIn(folder: string, name: string): string {
  if (!existsSync(folder) || existsSync(join(folder, name))) return name;
  return readdirSync(folder).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}
