/** A name for one run of one process: host, process id, and a random part, since ids are used again. */
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
