import { nextInBatch } from '../changes/batch.ts';
import { changeStates } from '../changes/change.ts';
import { record } from './audit.ts';
import { holdBatch } from './decide-batch.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { unlessTaken } from './unless-taken.ts';

/** What moved in batches. */
export interface Advanced {
  /** Approved now, to be started, in their order. */
  readonly released: readonly string[];
  /** Not started any more. */
  readonly cancelled: readonly string[];
}

const nothing: Advanced = { released: [], cancelled: [] };

/**
 * Lets go in a batch whose turn it is, and cancels the rest when one did not end well. `mayStart` false: changes are frozen,
 * so nothing is let go. Of several processes at the same moment each sees what the one before did.
 */
export const advanceBatch = (
  database: Database,
  batchId: string,
  now: Date,
  mayStart: boolean,
): Promise<Advanced> =>
  // Where another change takes a server at this moment, the next look sees it.
  unlessTaken(database, nothing, (transaction) => advance(transaction, batchId, now, mayStart));

/** The batches in which a change waits for its turn, oldest first. */
export const waitingBatches = async (database: Database): Promise<string[]> => {
  const rows = await database
    .selectFrom('batches')
    .select('id')
    .where((where) =>
      where.exists(
        where
          .selectFrom('changes')
          .select('changes.id')
          .whereRef('changes.batchId', '=', 'batches.id')
          .where('changes.state', '=', 'queued'),
      ),
    )
    .orderBy('createdAt')
    .execute();
  return rows.map(({ id }) => id);
};

const advance = async (
  transaction: Database,
  batchId: string,
  now: Date,
  mayStart: boolean,
): Promise<Advanced> => {
  await holdBatch(transaction, batchId);
  const batch = await transaction
    .selectFrom('batches')
    .select('parallel')
    .where('id', '=', batchId)
    .executeTakeFirst();
  const rows = await transaction
    .selectFrom('changes')
    .select(['id', 'server', 'state', 'startAfter', 'expiresAt'])
    .where('batchId', '=', batchId)
    .orderBy('batchPlace')
    .execute();
  if (batch === undefined || rows.length === 0) return nothing;
  const locked = await lockedAmong(
    transaction,
    rows.map(({ server }) => server),
  );
  const at = now.toISOString();
  const members = rows.map(({ id, server, state, startAfter, expiresAt }) => ({
    id,
    state: changeStates.find((known) => known === state) ?? 'unknown',
    mayStart: mayStart && (startAfter === null || startAfter <= at) && expiresAt > at && !locked.has(server),
  }));
  const { start, cancel, because } = nextInBatch(members, batch.parallel);
  const released = await move(transaction, start, { state: 'approved', holdsLock: 1 });
  const cancelled = await move(transaction, cancel, { state: 'cancelled', endedAt: at });
  for (const { id, server } of released) {
    await record(transaction, {
      kind: 'released',
      at: now,
      actor: null,
      server,
      changeId: id,
      detail: { batch: batchId },
    });
  }
  for (const { id, server } of cancelled) {
    await record(transaction, {
      kind: 'cancelled',
      at: now,
      actor: null,
      server,
      changeId: id,
      detail: { batch: batchId, because: because ?? null },
    });
  }
  return { released: released.map(({ id }) => id), cancelled: cancelled.map(({ id }) => id) };
};

const lockedAmong = async (transaction: Database, servers: readonly string[]): Promise<Set<string>> => {
  const rows = await transaction
    .selectFrom('changes')
    .select('server')
    .where('server', 'in', servers)
    .where('holdsLock', '=', 1)
    .execute();
  return new Set(rows.map(({ server }) => server));
};

interface Member {
  readonly id: string;
  readonly server: string;
}

/** Those of the queued changes that are still queued. */
const move = async (
  transaction: Database,
  ids: readonly string[],
  to: { readonly state: string; readonly holdsLock?: number; readonly endedAt?: string },
): Promise<Member[]> => {
  const moved: Member[] = [];
  for (const id of ids) {
    const row = await transaction
      .updateTable('changes')
      .set({ ...to, version: nextVersion })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .returning(['id', 'server'])
      .executeTakeFirst();
    if (row !== undefined) moved.push(row);
  }
  return moved;
};
