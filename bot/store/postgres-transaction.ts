import type pg from 'pg';
import type { CommitMark } from './commit-marks.ts';

/** Any fixed number; advisory locks are each database's own. */
const writeLock = '7306937401001';

/**
 * Begins a transaction and takes the write lock, all in one message. One transaction writes at a time, as in SQLite: what a
 * transaction reads stays true until it ends, at READ COMMITTED too, and two never wait for each other in a ring.
 */
export const beginTransaction = async (
  client: pg.PoolClient,
  marked: CommitMark | undefined,
): Promise<void> => {
  const mark =
    marked === undefined
      ? ''
      : `; insert into "commitMarks" (writer, mark, at)
         values (${client.escapeLiteral(marked.writer)}, ${marked.mark}, extract(epoch from now())::bigint)
         on conflict (writer) do update set mark = excluded.mark, at = excluded.at`;
  await client.query(`begin; select pg_advisory_xact_lock(${writeLock})${mark}`);
};

/**
 * Whether the transaction is in the store. Waits behind the write lock, which it held: after that it has ended one way or
 * the other. (pg_xact_status would not do: a server that crashed may give the same number to another transaction.)
 */
export const isCommitted = async (client: pg.PoolClient, { writer, mark }: CommitMark): Promise<boolean> => {
  await beginTransaction(client, undefined);
  const { rows } = await client.query<{ mark: number }>('select mark from "commitMarks" where writer = $1', [
    writer,
  ]);
  await client.query('rollback');
  return rows[0]?.mark === mark;
};
