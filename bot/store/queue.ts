import { advanceBatch, waitingBatches } from './advance-batch.ts';
import { askAgain, giveUp, unknownAnsweredByChange } from './answered-unknown.ts';
import { record } from './audit.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { isUniqueViolation } from './unique-violation.ts';

/**
 * Lets the queued changes go whose time has come and whose server is free, and moves batches on. `mayStart` false: changes
 * are frozen, so that nothing is let go; a batch still stops. The ids of those that moved come back.
 */
export const releaseDue = async (database: Database, now: Date, mayStart = true): Promise<string[]> => {
  const released = mayStart ? await releaseSingle(database, now) : [];
  for (const id of await waitingBatches(database)) {
    const moved = await advanceBatch(database, id, now, mayStart);
    released.push(...moved.released, ...moved.cancelled);
  }
  return released;
};

const releaseSingle = async (database: Database, now: Date): Promise<string[]> => {
  const due = await database
    .selectFrom('changes')
    .select('id')
    .where('state', '=', 'queued')
    .where('batchId', 'is', null)
    .where('startAfter', '<=', now.toISOString())
    .where('expiresAt', '>', now.toISOString())
    .orderBy('number')
    .execute();
  const released: string[] = [];
  for (const { id } of due) if (await release(database, id, now)) released.push(id);
  return released;
};

/** queued → approved. False when it moved meanwhile, or another change holds the server: then it waits on. */
const release = async (database: Database, id: string, now: Date): Promise<boolean> => {
  const answers = await unknownAnsweredByChange(database, id);
  try {
    return await database.transaction().execute(async (transaction) => {
      const change = await transaction
        .updateTable('changes')
        .set({ state: 'approved', version: nextVersion })
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .where('expiresAt', '>', now.toISOString())
        .returning('server')
        .executeTakeFirst();
      if (change === undefined) return false;
      await giveUp(transaction, answers, id);
      await transaction.updateTable('changes').set({ holdsLock: 1 }).where('id', '=', id).execute();
      await record(transaction, {
        kind: 'released',
        at: now,
        actor: null,
        server: change.server,
        changeId: id,
        detail: {},
      });
      return true;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
};

/**
 * approved → queued, of a change that no process has begun: changes are frozen, so it waits for the end of that, and for
 * `notBefore`. False when it is not put back: it moved meanwhile, its time is over, or another plan waits for its server.
 */
export const queueAgain = async (
  database: Database,
  id: string,
  now: Date,
  notBefore: Date,
): Promise<boolean> => {
  try {
    return await database.transaction().execute(async (transaction) => {
      const change = await transaction
        .updateTable('changes')
        .set({ state: 'queued', startAfter: notBefore.toISOString(), holdsLock: 0, version: nextVersion })
        .where('id', '=', id)
        .where('state', '=', 'approved')
        .where('expiresAt', '>', now.toISOString())
        .returning('server')
        .executeTakeFirst();
      if (change === undefined) return false;
      await askAgain(transaction, id);
      await record(transaction, {
        kind: 'queued',
        at: now,
        actor: null,
        server: change.server,
        changeId: id,
        detail: { because: 'frozen' },
      });
      return true;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
};

/** Proposals and queued changes whose time is over. Their ids come back. */
export const expireDue = async (database: Database, now: Date): Promise<string[]> => {
  const due = await database
    .selectFrom('changes')
    .select('id')
    .where('state', 'in', ['proposed', 'queued'])
    .where('expiresAt', '<=', now.toISOString())
    .limit(1)
    .executeTakeFirst();
  // Asked with every sweep and every late press: the one writer that a store has is not kept busy for nothing.
  return due === undefined ? [] : expireAll(database, now);
};

const expireAll = (database: Database, now: Date): Promise<string[]> =>
  database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .updateTable('changes')
      .set({ state: 'expired', endedAt: now.toISOString(), version: nextVersion })
      .where('state', 'in', ['proposed', 'queued'])
      .where('expiresAt', '<=', now.toISOString())
      .returning(['id', 'server'])
      .execute();
    for (const { id, server } of rows) {
      await record(transaction, { kind: 'expired', at: now, actor: null, server, changeId: id, detail: {} });
    }
    return rows.map(({ id }) => id);
  });
