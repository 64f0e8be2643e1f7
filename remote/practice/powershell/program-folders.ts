import { delimiter } from 'node:path';

/** The folders of PATH, in its order. */
export function programFolders({ PATH = '' }: Readonly<Record<string, string | undefined>>): string[] {
  return PATH.split(delimiter).filter((folder) => folder !== '');
}
