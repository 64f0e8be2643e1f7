import { type Ending, wroteNothing } from '../changes/change.ts';
import type { StepName, StepState } from '../changes/step.ts';
import { askAgain } from './answered-unknown.ts';
import { record } from './audit.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';

/** The right to run one change. A take-over raises the fence; whoever holds an old one is refused. */
export interface Lease {
  readonly changeId: string;
  readonly fence: number;
}

export interface RunningChange {
  readonly id: string;
  readonly fence: number;
  readonly owner: string;
  readonly leaseUntil: Date;
}

/** Another process has taken the change over: whoever meets this stops at once and writes nothing more. */
export class LeaseLost extends Error {
  constructor(changeId: string) {
    super(`running change ${changeId}: another process has taken it over`);
    this.name = 'LeaseLost';
  }
}

/** approved → running, compare-and-set: one process gets the lease, all others undefined. */
export const claim = (
  database: Database,
  id: string,
  owner: string,
  now: Date,
  leaseUntil: Date,
): Promise<Lease | undefined> =>
  database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('changes')
      .set((columns) => ({
        state: 'running',
        owner,
        fence: columns('fence', '+', 1),
        leaseUntil: leaseUntil.toISOString(),
        startedAt: now.toISOString(),
        version: nextVersion,
      }))
      .where('id', '=', id)
      .where('state', '=', 'approved')
      .returning(['fence', 'server'])
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await record(transaction, {
      kind: 'claimed',
      at: now,
      actor: null,
      server: row.server,
      changeId: id,
      detail: { owner },
    });
    return { changeId: id, fence: row.fence };
  });

export const runningChanges = async (database: Database): Promise<RunningChange[]> => {
  const rows = await database
    .selectFrom('changes')
    .select(['id', 'fence', 'owner', 'leaseUntil'])
    .where('state', '=', 'running')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    fence: row.fence,
    owner: row.owner ?? '',
    leaseUntil: new Date(row.leaseUntil ?? 0),
  }));
};

/**
 * Takes a running change from an owner that has died or was silent until its lease ran out. Undefined when somebody else was
 * first, or the owner has prolonged its lease meanwhile.
 */
export const takeOver = (
  database: Database,
  found: RunningChange,
  owner: string,
  now: Date,
  leaseUntil: Date,
): Promise<Lease | undefined> =>
  database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('changes')
      .set({ owner, fence: found.fence + 1, leaseUntil: leaseUntil.toISOString() })
      .where('id', '=', found.id)
      .where('state', '=', 'running')
      .where('fence', '=', found.fence)
      .where('leaseUntil', '=', found.leaseUntil.toISOString())
      .returning(['fence', 'server'])
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await record(transaction, {
      kind: 'taken-over-by-worker',
      at: now,
      actor: null,
      server: row.server,
      changeId: found.id,
      detail: { owner, from: found.owner },
    });
    return { changeId: found.id, fence: row.fence };
  });

/** Prolongs the lease. Throws LeaseLost. */
export const renew = async (database: Database, lease: Lease, leaseUntil: Date): Promise<void> => {
  const moved = await database
    .updateTable('changes')
    .set({ leaseUntil: leaseUntil.toISOString() })
    .where('id', '=', lease.changeId)
    .where('state', '=', 'running')
    .where('fence', '=', lease.fence)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new LeaseLost(lease.changeId);
};

/** Ends the lease before its time: another process may take the change over at once. Harmless when it is lost already. */
export const letGo = async (database: Database, lease: Lease, now: Date): Promise<void> => {
  await database
    .updateTable('changes')
    .set({ leaseUntil: now.toISOString() })
    .where('id', '=', lease.changeId)
    .where('state', '=', 'running')
    .where('fence', '=', lease.fence)
    .execute();
};

/**
 * Writes a step into the journal, on the disk before this returns: `started` before the action, its end after it.
 * Throws LeaseLost.
 */
export const journalStep = (
  database: Database,
  lease: Lease,
  name: StepName,
  state: StepState,
  at: Date,
  detail?: unknown,
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    // Written first: a transaction that begins by reading could not be raised to writing while another process writes.
    const held = await transaction
      .updateTable('changes')
      .set({ version: nextVersion })
      .where('id', '=', lease.changeId)
      .where('state', '=', 'running')
      .where('fence', '=', lease.fence)
      .returning('id')
      .executeTakeFirst();
    if (held === undefined) throw new LeaseLost(lease.changeId);
    const detailJson = detail === undefined ? null : JSON.stringify(detail);
    await transaction
      .insertInto('steps')
      .values({
        changeId: lease.changeId,
        name,
        state,
        startedAt: at.toISOString(),
        endedAt: state === 'started' ? null : at.toISOString(),
        detailJson,
      })
      .onConflict((conflict) =>
        conflict.columns(['changeId', 'name']).doUpdateSet({
          state,
          endedAt: state === 'started' ? null : at.toISOString(),
          ...(detailJson === null ? {} : { detailJson }),
        }),
      )
      .execute();
  });

/** running → its end. Throws LeaseLost. */
export const finish = (database: Database, lease: Lease, ending: Ending, at: Date): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('changes')
      .set({
        state: ending.state,
        resultJson: JSON.stringify(ending.result),
        endedAt: at.toISOString(),
        leaseUntil: null,
        // Nobody may act on a server whose state is unknown before a person has said what is true.
        holdsLock: ending.state === 'unknown' ? 1 : 0,
        version: nextVersion,
      })
      .where('id', '=', lease.changeId)
      .where('state', '=', 'running')
      .where('fence', '=', lease.fence)
      .returning('server')
      .executeTakeFirst();
    if (row === undefined) throw new LeaseLost(lease.changeId);
    if (wroteNothing(ending.result)) await askAgain(transaction, lease.changeId);
    await record(transaction, {
      kind: 'ended',
      at,
      actor: null,
      server: row.server,
      changeId: lease.changeId,
      detail: { state: ending.state, result: ending.result },
    });
  });
