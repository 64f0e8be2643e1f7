import { closeSync, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { administrators, type FileOwner, trustedInstaller } from '../host/file-owners.ts';

/**
 * Owner and DACL of the files of a practice server. They belong to the file itself, under all its names, and go with it when it is
 * renamed; a file that has none of its own has what an administrator's new file gets.
 */
export class FileSecurityTable {
  readonly #root: string;
  /** Each file is kept open, so that its number is not given to another one while it is in the table. */
  readonly #entries = new Map<number, { readonly handle: number; owner: FileOwner }>();

  constructor(root: string) {
    this.#root = root;
  }

  of(path: string): FileOwner {
    return this.#entries.get(lstatSync(path).ino)?.owner ?? administrators;
  }

  set(path: string, sddl: string): void {
    this.#forgetRemoved();
    const owner = { owner: nameOf(ownerIn(sddl)), sddl };
    const { ino } = lstatSync(path);
    const known = this.#entries.get(ino);
    if (known === undefined) this.#entries.set(ino, { handle: openSync(path, 'r'), owner });
    else known.owner = owner;
  }

  /** As takeown and icacls do: owned by the administrators, who get full control beside what others have. */
  grant(path: string): void {
    const { sddl } = this.of(path);
    const dacl = sddl.slice(sddl.indexOf('D:'));
    const first = dacl.indexOf('(');
    const group = /G:(.*?)D:/.exec(sddl)?.[1] ?? 'BA';
    const entries = dacl.slice(first).replaceAll(/\([^()]*;BA\)/g, '');
    this.set(path, `O:BAG:${group}${dacl.slice(0, first)}(A;;FA;;;BA)${entries}`);
  }

  /** All names of a file on this server, itself among them. */
  namesOf(path: string): string[] {
    const { ino, nlink } = lstatSync(path);
    if (nlink === 1) return [path];
    return readdirSync(this.#root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !relative(this.#root, entry.parentPath).startsWith('practice'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((name) => lstatSync(name).ino === ino);
  }

  close(): void {
    for (const { handle } of this.#entries.values()) closeSync(handle);
    this.#entries.clear();
  }

  #forgetRemoved(): void {
    for (const [ino, { handle }] of this.#entries) {
      if (fstatSync(handle).nlink > 0) continue;
      closeSync(handle);
      this.#entries.delete(ino);
    }
  }
}

const ownerIn = (sddl: string): string => /^O:(.*?)G:/.exec(sddl)?.[1] ?? '';

const names: Readonly<Record<string, string>> = {
  BA: administrators.owner,
  SY: 'NT AUTHORITY\\SYSTEM',
  'S-1-5-32-544': administrators.owner,
  'S-1-5-18': 'NT AUTHORITY\\SYSTEM',
  [ownerIn(trustedInstaller.sddl)]: trustedInstaller.owner,
};

const nameOf = (sid: string): string => names[sid] ?? sid;
