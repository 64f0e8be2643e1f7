import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfigProblem } from './config-error.ts';
import { type Environment, fileReason, secretFromEnvironment } from './config-secrets.ts';
import { type StoreConfig, type StoreTls, sqliteFile } from './store/store-config.ts';

/** The store, or why `store` (or a password for it in the environment) cannot be used. */
export type StoreAnswer =
  | { readonly store: StoreConfig }
  | { readonly problem: Pick<ConfigProblem, 'text'>; readonly isInFile: boolean };

const passwordName = 'WSUS_BOT_STORE_PASSWORD';
const shape = 'postgres://user@host:port/database';

/**
 * Reads what `store` says: a path, relative to `folder`, or an address of PostgreSQL. Texts of problems never quote it: a
 * password may stand in it. Without `env` the password stays undefined.
 */
export const readStore = (entry: string, env: Environment | undefined, folder: string): StoreAnswer => {
  const wrong = (text: string): StoreAnswer => ({ problem: { text: `store ${text}` }, isInFile: true });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(entry)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return entry === '' || entry.length > 4096 || /[\r\n\0]/.test(entry)
      ? wrong(`is not a path; expected: the path of a file, or ${shape}`)
      : { store: sqliteFile(resolve(folder, entry)) };
  }
  if (scheme !== 'postgres' && scheme !== 'postgresql') {
    return wrong(`names a database that is not known; expected: the path of a file, or ${shape}`);
  }
  const url = URL.canParse(entry) ? new URL(entry) : undefined;
  const parts = url === undefined ? undefined : partsOf(url);
  if (url?.password || (url !== undefined && [...url.searchParams.keys()].some((key) => /pass/i.test(key)))) {
    return wrong(
      `holds a password: no secret is taken from this file, since files are copied and shared; set ${passwordName} or ${passwordName}_FILE in the environment`,
    );
  }
  if (parts === undefined) return wrong(`is not an address of PostgreSQL; expected: ${shape}`);
  const unknown = [...(url?.searchParams.keys() ?? [])].find((key) => !known.has(key));
  if (unknown !== undefined) {
    return wrong(`has an option that is not known; known: ${[...known].join(', ')}`);
  }
  const tls = readTls(parts, folder);
  if (typeof tls === 'object' && 'problem' in tls) return wrong(tls.problem);
  const answer = env === undefined ? { secret: undefined } : secretFromEnvironment(passwordName, env);
  if ('problem' in answer) return { problem: { text: answer.problem }, isInFile: false };
  const { host, port, user, database } = parts;
  return { store: { kind: 'postgres', host, port, user, database, password: answer.secret, tls } };
};

const known = new Set(['sslmode', 'sslrootcert', 'host', 'port', 'user']);

interface Parts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly sslmode: string | null;
  readonly sslrootcert: string | null;
}

/** As libpq reads such an address (its documentation, 34.1.1.2), as far as it is of use here. */
const partsOf = (url: URL): Parts | undefined => {
  const socket = url.searchParams.get('host');
  if (socket !== null && (!socket.startsWith('/') || url.hostname !== '')) return undefined;
  const host = socket ?? url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || (url.searchParams.get('port') ?? 5432));
  const user = decoded(url.username || (url.searchParams.get('user') ?? ''));
  const database = decoded(url.pathname.slice(1));
  if (!host || !user || !database || database.includes('/')) return undefined;
  if (!Number.isInteger(port) || port < 1 || port > 65535) return undefined;
  return {
    host,
    port,
    user,
    database,
    sslmode: url.searchParams.get('sslmode'),
    sslrootcert: url.searchParams.get('sslrootcert'),
  };
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Off the machine a certificate is always checked: whoever answers in the server's place would decide what was approved. */
const readTls = (parts: Parts, folder: string): StoreTls | { readonly problem: string } => {
  const isLocal = parts.host.startsWith('/') || isLoopback(parts.host);
  const mode = parts.sslmode ?? (isLocal ? 'disable' : 'verify-full');
  if (mode === 'disable') {
    return isLocal
      ? 'off'
      : {
          problem: 'has sslmode=disable, which is for a server on this machine alone; expected: verify-full',
        };
  }
  if (mode !== 'verify-full' && mode !== 'verify-ca') {
    return {
      problem:
        'has an sslmode that does not check who answers; expected: verify-full, verify-ca, or disable for a server on this machine',
    };
  }
  if (parts.sslrootcert === null) return { mode, authorities: undefined };
  try {
    const authorities = readFileSync(resolve(folder, parts.sslrootcert), 'utf8');
    return authorities.includes('-----BEGIN CERTIFICATE-----')
      ? { mode, authorities }
      : { problem: 'names an sslrootcert that holds no certificate in PEM' };
  } catch (error) {
    return { problem: `names an sslrootcert that cannot be read: ${fileReason(error)}` };
  }
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
