import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's own Python: it is the one that its packages are for. */
export const python = '/usr/bin/python3';

const packages = 'krb5-kdc krb5-admin-server krb5-user python3-gssapi gss-ntlmssp';

/** Why MIT's programs cannot bear witness on this machine, or undefined when they can. */
export function whyNoWitness(): string | undefined {
  const programs = ['/usr/sbin/krb5kdc', '/usr/sbin/kadmin.local', '/usr/bin/kinit', '/usr/bin/kvno'];
  const missing = programs.find((program) => !existsSync(program));
  if (missing !== undefined) return `${missing} is not installed (Debian: ${packages})`;
  const { status } = spawnSync(python, ['-c', 'import gssapi']);
  return status === 0 ? undefined : `python3-gssapi is not installed (Debian: ${packages})`;
}
