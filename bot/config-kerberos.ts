import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { KerberosSettings, KeytabAccount } from '../remote/winrm/kerberos/kerberos-settings.ts';
import type { SignIn } from '../remote/wsus-server.ts';
import type { Report } from './config-groups.ts';
import type { AccountEntry, ConfigFile, ServerEntry } from './config-schema.ts';
import { isOpenToOthers, openToOthers } from './open-to-others.ts';

/** The keytab of an account, or undefined where it has none. Reports one that is there by half, or that others may read. @param folder of wsus-bot.yaml */
export function readKeytab(
  { keytab, principal }: AccountEntry,
  path: readonly PropertyKey[],
  folder: string,
  report: Report,
): KeytabAccount | undefined {
  if (keytab !== undefined && principal !== undefined) {
    const file = resolve(folder, keytab);
    // One that is not there yet may come while the bot runs: then kinit looks at it.
    if (existsSync(file) && isOpenToOthers(file)) report([...path, 'keytab'], openToOthers(file));
    return { keytab: file, principal };
  }
  if (keytab !== undefined)
    report([...path, 'keytab'], 'a keytab needs its principal beside it: svc-wsus-bot@EXAMPLE.ORG');
  if (principal !== undefined) report([...path, 'principal'], 'a principal needs its keytab beside it');
  return undefined;
}

/** What auto means: Kerberos where the account has a keytab, else NTLM. */
export function signInOf(written: SignIn | 'auto', keytab: KeytabAccount | undefined): SignIn {
  if (written !== 'auto') return written;
  return keytab === undefined ? 'ntlm' : 'kerberos';
}

/** Key by key the server's own, else the general one. Reports what Kerberos cannot do with. */
export function readKerberos(
  general: ConfigFile,
  server: ServerEntry,
  keytab: KeytabAccount | undefined,
  path: readonly PropertyKey[],
  report: Report,
): KerberosSettings | undefined {
  if (keytab === undefined) {
    report(
      server.auth === undefined ? path : [...path, 'auth'],
      `auth: kerberos needs keytab and principal at the account of ${server.name}`,
    );
    return undefined;
  }
  if (isIP(server.host ?? server.name) !== 0) {
    report([...path, 'host'], 'Kerberos needs the DNS name of the server, not its address');
  }
  return {
    ...keytab,
    service: server.spn ?? general.spn,
    mayFallBackToNtlm: (server.fallback ?? general.fallback) === 'ntlm',
  };
}

/** Reports keys of Kerberos at a server that signs in otherwise. */
export function reportKerberosKeys(server: ServerEntry, path: readonly PropertyKey[], report: Report): void {
  for (const key of ['spn', 'fallback'] as const) {
    if (server[key] !== undefined) report([...path, key], `${key} has no use without Kerberos`);
  }
}
