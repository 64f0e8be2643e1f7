import { statSync } from 'node:fs';
import { basename } from 'node:path';

/** Whether others than its owner may read a file that is there. On Windows the mode says nothing of that. Throws where it cannot be looked at. */
export const isOpenToOthers = (file: string): boolean =>
  process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;

/** For a configuration that names such a file. */
export const openToOthers = (file: string): string =>
  `the file ${JSON.stringify(basename(file))} may be read by others than its owner; take the rights from them (chmod 600)`;
