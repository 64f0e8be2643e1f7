import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Debian's own Python: it is the one that its packages are for. */
export const python = '/usr/bin/python3';
const program = fileURLToPath(new URL('run_ps.py', import.meta.url));

/** What python3-winrm is told. */
export interface WinrmClientCase {
  readonly url: string;
  /** `DOMAIN\user` for NTLM. */
  readonly user: string;
  readonly password: string;
  readonly transport: 'ntlm' | 'basic' | 'certificate';
  /** File in the folder, with the authority of the server. */
  readonly ca?: string;
  /** Files there of a client certificate. */
  readonly certificate?: string;
  readonly key?: string;
  /** Whether messages are sealed; `auto`: over HTTP only. */
  readonly encryption?: 'auto' | 'always' | 'never';
  /** Whether the sign-in is tied to the TLS channel. */
  readonly cbt?: boolean;
  readonly script: string;
}

export type WinrmClientAnswer =
  | { readonly status: number; readonly out: string }
  | { readonly error: string; readonly text: string };

/** Why python3-winrm cannot bear witness on this machine, or undefined when it can. */
export function whyNoWinrmClient(): string | undefined {
  const { status } = spawnSync(python, ['-c', 'import winrm, requests_ntlm']);
  return status === 0 ? undefined : 'python3-winrm is not installed (Debian: python3-winrm)';
}

/** What python3-winrm needs in its environment. NTLM is built on MD4, which OpenSSL 3 keeps in a provider that is off unless named. */
export function winrmClientEnvironment(folder: string): Readonly<Record<string, string | undefined>> {
  const configuration = join(folder, 'openssl.cnf');
  writeFileSync(
    configuration,
    'openssl_conf = all\n[all]\nproviders = both\n[both]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n',
  );
  return { PATH: process.env.PATH, LANG: 'C.UTF-8', OPENSSL_CONF: configuration };
}

/** Runs the cases one after the other, each in a session of its own. @param folder it works in */
export async function runWinrmClient(
  cases: readonly WinrmClientCase[],
  folder: string,
): Promise<WinrmClientAnswer[]> {
  const env = winrmClientEnvironment(folder);
  const child = spawn(python, [program], { env, cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(cases));
  return JSON.parse(await text(child.stdout)) as WinrmClientAnswer[];
}
