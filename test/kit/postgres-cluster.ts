import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { PostgresStore } from '../../bot/store/store-config.ts';

const run = promisify(execFile);

/** A PostgreSQL server of its own, in a folder of its own, on a port of loopback and a Unix socket. */
export interface PostgresCluster {
  /** Folder of the Unix socket. */
  readonly folder: string;
  readonly port: number;
  /** A new, empty database. */
  createDatabase(): Promise<PostgresStore>;
  /** Speaks to the server as its administrator, in the database of a store when one is named. */
  query(text: string, database?: string): Promise<Record<string, unknown>[]>;
  /** 'fast' as an administrator stops it; 'immediate' as after a power cut. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
  /** Runs one of PostgreSQL's own programs ("pg_dump") against it. */
  program(name: string, ...args: string[]): Promise<string>;
}

export interface PostgresClusterOptions {
  /** Keep what was committed when the power goes; slower. */
  readonly durable?: boolean;
  /** Lines of postgresql.conf: "ssl=on". */
  readonly settings?: readonly string[];
  /** Over the network a password is asked for; the Unix socket lets everybody in. */
  readonly asksPassword?: boolean;
}

const user = 'wsusbot';

/** Folder of the newest PostgreSQL programs, as Debian installs them, or undefined. */
export const findPostgres = (): string | undefined => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
};

/** Whom a server may run as: never root. */
const asServer = (program: string, args: readonly string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, [...args]];

/** Starts one. The caller removes it. */
export const startPostgresCluster = async (
  options: PostgresClusterOptions = {},
): Promise<PostgresCluster> => {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('starting PostgreSQL: it is not installed (Debian: postgresql)');
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-pg-'));
  chmodSync(folder, 0o755);
  if (process.getuid?.() === 0) spawnSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  const server = (program: string, ...args: string[]) => {
    const [file, all] = asServer(join(bin, program), args);
    // The server keeps what it inherits: a pipe of ours would never end.
    return run(file, all, { cwd: folder });
  };
  await server(
    'initdb',
    ...[
      '-D',
      data,
      '-U',
      user,
      '--auth-local=trust',
      `--auth-host=${options.asksPassword === true ? 'scram-sha-256' : 'trust'}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ],
    ...(options.durable === true ? [] : ['--no-sync']),
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=80',
    ...(options.durable === true ? [] : ['fsync=off', 'full_page_writes=off']),
    ...(options.settings ?? []),
  ];
  const start = async () => {
    await server(
      'pg_ctl',
      ...['-D', data, '-w', '-t', '30', '-l', join(folder, 'log')],
      ...['-o', settings.map((setting) => `-c ${setting}`).join(' '), 'start'],
    );
  };
  const stop = async (mode: 'fast' | 'immediate' = 'fast') => {
    await server('pg_ctl', '-D', data, '-w', '-m', mode, 'stop');
  };
  // A test that is broken off must not leave a server behind.
  const abandon = () => {
    const [pid] = existsSync(join(data, 'postmaster.pid'))
      ? readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
      : [];
    if (pid !== undefined) process.kill(Number(pid), 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  const breakOff = () => process.exit(1);
  process.once('exit', abandon);
  process.once('SIGTERM', breakOff);
  await start();
  const query = async (text: string, database = 'postgres') => {
    const client = new pg.Client({ host: folder, port, user, database });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  let databases = 0;
  return {
    folder,
    port,
    query,
    createDatabase: async () => {
      const database = `store${++databases}`;
      await query(`create database ${database}`);
      return { kind: 'postgres', host: '127.0.0.1', port, user, database, password: undefined, tls: 'off' };
    },
    stop,
    start,
    remove: async () => {
      process.off('exit', abandon);
      process.off('SIGTERM', breakOff);
      await stop('immediate').catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
    program: async (name, ...args) => {
      const { stdout } = await run(join(bin, name), ['-h', folder, '-p', String(port), '-U', user, ...args]);
      return stdout;
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
