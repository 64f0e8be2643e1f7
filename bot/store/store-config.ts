/** Where the store is: one file, or a database that several bots share. */
export type StoreConfig = SqliteStore | PostgresStore;

export interface SqliteStore {
  readonly kind: 'sqlite';
  /** Absolute path, or ":memory:". */
  readonly file: string;
}

export interface PostgresStore {
  readonly kind: 'postgres';
  /** Name, address, or the absolute path of the folder that holds a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: { reveal(): string } | undefined;
  readonly tls: StoreTls;
}

/** 'off' only where nothing leaves the machine. */
export type StoreTls =
  | 'off'
  | {
      /** verify-full: the certificate is of a trusted authority and names the host; verify-ca: the first alone. */
      readonly mode: 'verify-full' | 'verify-ca';
      /** Trusted authorities, PEM; undefined: those that Node trusts. */
      readonly authorities: string | undefined;
    };

export const sqliteFile = (file: string): SqliteStore => ({ kind: 'sqlite', file });

/** The store as a person may read it; no secret is in it. */
export const storeName = (store: StoreConfig): string => {
  if (store.kind === 'sqlite') return store.file;
  const { user, host, port, database } = store;
  const at = host.includes(':') ? `[${host}]` : host;
  return host.startsWith('/')
    ? `postgres:///${database}?host=${host}&port=${port}&user=${user}`
    : `postgres://${user}@${at}:${port}/${database}`;
};
