import { sql } from 'kysely';
import { isPostgres } from './is-postgres.ts';
import type { Database } from './open-database.ts';

/**
 * The time by the clock of the store, which is one for all replicas: leases, expiry and maintenance windows must not depend
 * on whose clock is wrong.
 */
export interface StoreClock {
  now(): Date;
  /** Compares the clocks once more. Answers how far this machine's clock is ahead, milliseconds. Throws a StoreError. */
  compare(): Promise<number>;
}

export interface LocalClocks {
  /** This machine's clock. */
  readonly now: () => Date;
  /** Milliseconds since any moment; never goes back. */
  readonly monotonic: () => number;
}

/**
 * The clock of PostgreSQL, asked now and then; in between the time goes on by the monotonic clock, so that a local clock that
 * jumps changes nothing. A SQLite store is on this machine: its clock is the local one. Throws a StoreError.
 */
export const createStoreClock = async (database: Database, local: LocalClocks): Promise<StoreClock> => {
  if (!isPostgres(database)) return { now: local.now, compare: async () => 0 };
  let known = { store: local.now().getTime(), at: local.monotonic() };
  const compare = async (): Promise<number> => {
    const asked = local.monotonic();
    const { rows } = await sql<{ now: string }>`select clock_timestamp() as now`.execute(database);
    const answered = local.monotonic();
    // Taken for the moment of the answer: the time never runs ahead of the store's by the way there and back.
    known = { store: new Date(rows[0]?.now ?? 0).getTime(), at: answered };
    return Math.round(local.now().getTime() - (known.store + (answered - asked) / 2));
  };
  await compare();
  return { now: () => new Date(known.store + local.monotonic() - known.at), compare };
};
