import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Where process ids mean the same: this host since it was started, and on Linux this container. Two hosts of one name, or two
 * containers with a process 1 each, must not take each other for dead. Without blanks.
 */
export const processHome = (host: string, read: (path: string) => string = readHere): string => {
  const parts = ['/proc/sys/kernel/random/boot_id', '/proc/self/ns/pid'].map(read);
  const mark = createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 8);
  return `${host.replaceAll(' ', '-')}/${mark}`;
};

/** Empty where there is no such thing. */
const readHere = (path: string): string => {
  try {
    return path.includes('/ns/') ? readlinkSync(path) : readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** A name for one run of one process: its home, process id, and a random part, since ids are used again. */
export const ownerName = (host: string, pid: number, nonce: string): string => `${host} ${pid} ${nonce}`;

/**
 * Whether the process of that name surely does not run any more, as seen from `own`. False whenever that cannot be known:
 * then its lease has to run out.
 */
export const isGoneOwner = (
  name: string,
  own: string,
  isAlive: (pid: number) => boolean = isAliveHere,
): boolean => {
  const [host, pid] = name.split(' ');
  const [ownHost, ownPid] = own.split(' ');
  if (name === own || host !== ownHost || pid === undefined) return false;
  return pid === ownPid || !isAlive(Number(pid));
};

const isAliveHere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process has the id.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
