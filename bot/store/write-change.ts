import type { Change, ChangeState, Decision, Ending } from '../changes/change.ts';
import type { Person } from '../changes/person.ts';
import type { Database } from './open-database.ts';
import { isUniqueViolation } from './unique-violation.ts';

export type NewChange = Pick<
  Change,
  'id' | 'server' | 'kind' | 'plans' | 'context' | 'requester' | 'createdAt' | 'expiresAt'
>;

/**
 * Adds a proposal. Older proposals for the same server are superseded in the same transaction; their ids come back, so
 * that their cards can be told.
 */
export const propose = (database: Database, change: NewChange): Promise<string[]> =>
  database.transaction().execute(async (transaction) => {
    const superseded = await transaction
      .updateTable('changes')
      .set({ state: 'superseded', endedAt: change.createdAt.toISOString() })
      .where('server', '=', change.server)
      .where('state', '=', 'proposed')
      .returning('id')
      .execute();
    await transaction
      .insertInto('changes')
      .values({
        id: change.id,
        server: change.server,
        kind: change.kind,
        state: 'proposed',
        plansJson: JSON.stringify(change.plans),
        contextJson: JSON.stringify(change.context),
        planHash: null,
        requesterId: change.requester.aadObjectId,
        requesterName: change.requester.name,
        createdAt: change.createdAt.toISOString(),
        expiresAt: change.expiresAt.toISOString(),
        owner: null,
        fence: 0,
        leaseUntil: null,
        startedAt: null,
        endedAt: null,
        resultJson: null,
      })
      .execute();
    return superseded.map((row) => row.id);
  });

/**
 * A person's decision on a proposal, compare-and-set: of any number of presses, from any number of processes, one gets
 * 'taken'. 'busy': another change is approved or running on this server.
 */
export const decide = async (
  database: Database,
  id: string,
  decision: Decision,
): Promise<'taken' | 'too-late' | 'busy'> => {
  const state: ChangeState = decision.decision === 'approved' ? 'approved' : 'declined';
  try {
    return await database.transaction().execute(async (transaction) => {
      const moved = await transaction
        .updateTable('changes')
        .set({
          state,
          planHash: decision.planHash,
          endedAt: state === 'declined' ? decision.at.toISOString() : null,
        })
        .where('id', '=', id)
        .where('state', '=', 'proposed')
        .where('expiresAt', '>', decision.at.toISOString())
        .executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) return 'too-late';
      await addDecision(transaction, id, decision.decision, decision.planHash, decision.person, decision.at);
      return 'taken';
    });
  } catch (error) {
    if (isUniqueViolation(error)) return 'busy';
    throw error;
  }
};

/** An unknown change is closed by a person who finishes by hand. */
export const takeOverByHand = (database: Database, id: string, person: Person, at: Date): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const moved = await transaction
      .updateTable('changes')
      .set({ state: 'taken-over', endedAt: at.toISOString() })
      .where('id', '=', id)
      .where('state', '=', 'unknown')
      .returning('planHash')
      .executeTakeFirst();
    if (moved === undefined) return false;
    await addDecision(transaction, id, 'taken-over', moved.planHash ?? '', person, at);
    return true;
  });

/** Proposals whose time is over. Their ids come back. */
export const expireDue = async (database: Database, now: Date): Promise<string[]> => {
  const rows = await database
    .updateTable('changes')
    .set({ state: 'expired', endedAt: now.toISOString() })
    .where('state', '=', 'proposed')
    .where('expiresAt', '<=', now.toISOString())
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
};

/** What a look found out about an unknown change. False when somebody else closed it meanwhile. */
export const settleUnknown = async (
  database: Database,
  id: string,
  ending: Ending,
  at: Date,
): Promise<boolean> => {
  const moved = await database
    .updateTable('changes')
    .set({
      state: ending.state,
      resultJson: JSON.stringify(ending.result),
      // A card says since when a state is unknown: another look does not move that.
      ...(ending.state === 'unknown' ? {} : { endedAt: at.toISOString() }),
    })
    .where('id', '=', id)
    .where('state', '=', 'unknown')
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
};

const addDecision = async (
  database: Database,
  changeId: string,
  decision: string,
  planHash: string,
  person: Person,
  at: Date,
): Promise<void> => {
  await database
    .insertInto('decisions')
    .values({
      changeId,
      planHash,
      decision,
      personId: person.aadObjectId,
      personName: person.name,
      at: at.toISOString(),
    })
    .execute();
};
