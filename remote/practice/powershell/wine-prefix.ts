import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WineDrives } from './wine-path.ts';

/** What a run's programs share: Wine's own folder of a run. */
export interface WinePrefix {
  readonly path: string;
  readonly drives: WineDrives;
}

/** The registry, and the note that keeps Wine from preparing the prefix again. */
const copied = ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp'] as const;

/**
 * A Wine prefix of a run's own: its registry, its services and its drive C: start as those of the prepared prefix and go away
 * with it. `C:\windows` (700 MB) is shared, since nothing writes there. D: is the folder for temporary files, Z: all of this machine.
 */
export async function makeWinePrefix(prepared: string): Promise<WinePrefix> {
  const temporary = await realpath(tmpdir());
  const path = await mkdtemp(join(temporary, 'wsus-bot-wine-'));
  const drive = join(path, 'drive_c');
  const devices = join(path, 'dosdevices');
  await Promise.all([mkdir(drive), mkdir(devices)]);
  await Promise.all(copied.map((name) => cp(join(prepared, name), join(path, name))));
  for (const name of await readdir(join(prepared, 'drive_c'))) {
    const from = join(prepared, 'drive_c', name);
    if (name === 'windows') await symlink(from, join(drive, name));
    else await cp(from, join(drive, name), { recursive: true, verbatimSymlinks: true });
  }
  const drives = new Map([
    ['C', drive],
    ['D', temporary],
    ['Z', '/'],
  ]);
  for (const [letter, root] of drives) await symlink(root, join(devices, `${letter.toLowerCase()}:`));
  return { path, drives };
}

/** Removes it, and the folder for its wineserver's socket, which Wine leaves behind. Nothing may run in it any more. */
export async function removeWinePrefix({ path }: WinePrefix): Promise<void> {
  // Debian's wineserver notes there in which temporary folder it made that one.
  const sockets = await readFile(join(path, 'wineserver'), 'utf8').catch(() => undefined);
  if (sockets !== undefined && /^wine-\w+$/.test(sockets.trim()))
    await rm(join(tmpdir(), sockets.trim()), { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}
