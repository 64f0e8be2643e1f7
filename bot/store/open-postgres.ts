import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { CommitMarks } from './commit-marks.ts';
import { GuardedClient } from './guarded-client.ts';
import { checkStore, isUpToDate, migrate, requireUpToDate } from './migrate.ts';
import type { Database, SchemaAction } from './open-database.ts';
import { postgresFailure } from './postgres-failure.ts';
import type { Schema } from './schema.ts';
import { type PostgresStore, type StoreTls, storeName } from './store-config.ts';

/** How long the store is waited for, milliseconds: a press is answered within ten seconds, also when it is not there. */
export interface PostgresTimes {
  /** For a connection, also for one of the pool that others use. */
  readonly connect: number;
  /** By the server's clock: for a statement, and for a lock. */
  readonly statement: number;
  /** A bot that stops in the middle of a transaction lets go of it after that. */
  readonly idleInTransaction: number;
  /** By this side's clock, when server or network went silent. */
  readonly answer: number;
  /** For what became of a COMMIT whose answer was lost. */
  readonly settle: number;
}

const usualTimes: PostgresTimes = {
  connect: 5_000,
  statement: 5_000,
  idleInTransaction: 4_000,
  answer: 7_000,
  settle: 6_000,
};

/** An unused connection is kept so long, milliseconds. */
const keptFor = 300_000;

const poolSize = 8;

/**
 * Opens the PostgreSQL database (which must be there, empty or a store) and brings its schema up to date; any number of
 * bots may share it. Throws a StoreError. Later a lost connection never ends the process: the next call makes a new one.
 */
export const openPostgres = async (
  store: PostgresStore,
  times: PostgresTimes = usualTimes,
  action: SchemaAction = 'migrate',
): Promise<Database> => {
  const { database, marks } = poolOf(store, times);
  try {
    if (action === 'leave') await requireUpToDate(database);
    else if (!(await isUpToDate(database))) await migrateAlone(database);
    if (action === 'migrate') await forgetOldMarks(database);
    marks.begin();
    return database;
  } catch (error) {
    await database.destroy();
    throw postgresFailure(error, openingOf(store)).error;
  }
};

/**
 * Whether the database is a store of this version, which then can be written; false when its tables are still to be made or
 * brought up to date. Makes nothing. Throws a StoreError.
 */
export const lookAtPostgres = async (store: PostgresStore): Promise<boolean> => {
  const { database } = poolOf(store, usualTimes);
  try {
    const ready = await isUpToDate(database);
    if (ready) await checkStore(database);
    return ready;
  } finally {
    await database.destroy();
  }
};

const openingOf = (store: PostgresStore): string => `opening the store ${storeName(store)}`;

const poolOf = (store: PostgresStore, times: PostgresTimes): { database: Database; marks: CommitMarks } => {
  const pool = new pg.Pool(settingsOf(store, times));
  // A connection that dies while nobody asks it anything is not worth a word: the next use finds out.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const connect = () =>
    pool.connect().catch((error: unknown) => {
      throw postgresFailure(error, openingOf(store)).error;
    });
  const marks = new CommitMarks();
  const guarded: PostgresPool = {
    options: {},
    connect: () => GuardedClient.open({ connect, poolSize, marks, settleFor: times.settle }),
    end: () => pool.end(),
  };
  return { database: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: guarded }) }), marks };
};

/** Under the write lock that every transaction takes: of several processes one migrates, the others find it done. */
const migrateAlone = (database: Database): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = 0`.execute(transaction);
    await migrate(transaction);
  });

/** The rows of processes that ended a day ago and more; a commit is settled within seconds. */
const forgetOldMarks = (database: Database): Promise<unknown> =>
  sql`delete from "commitMarks" where at < extract(epoch from now())::bigint - 86400`.execute(database);

const settingsOf = (store: PostgresStore, times: PostgresTimes): pg.PoolConfig => ({
  host: store.host,
  port: store.port,
  user: store.user,
  database: store.database,
  // Without a value pg would take one from PGPASSWORD, or ask a file in the home folder.
  password: store.password?.reveal() ?? '',
  ssl: tlsOf(store.tls),
  max: poolSize,
  idleTimeoutMillis: keptFor,
  application_name: 'wsus-bot',
  connectionTimeoutMillis: times.connect,
  query_timeout: times.answer,
  statement_timeout: times.statement,
  lock_timeout: times.statement,
  idle_in_transaction_session_timeout: times.idleInTransaction,
  keepAlive: true,
  // Whatever the server's own settings say: what was answered as done is on its disk.
  options: '-c synchronous_commit=on -c default_transaction_isolation=read\\ committed',
  types: { getTypeParser },
});

const int8 = 20;

/** Counts come as numbers, as from SQLite; none of ours passes 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text');

const tlsOf = (tls: StoreTls): pg.PoolConfig['ssl'] => {
  if (tls === 'off') return false;
  return {
    rejectUnauthorized: true,
    ...(tls.authorities === undefined ? {} : { ca: tls.authorities }),
    ...(tls.mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
};
