import type { ChangeState, Decision } from '../changes/change.ts';
import type { Person } from '../changes/person.ts';
import { giveUp } from './answered-unknown.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { addDecision } from './record-decision.ts';
import { Refused, refusable } from './refusable.ts';

type NewDecision = Pick<Decision, 'planHash' | 'person' | 'at'>;

/** What is asked for beside the approval itself. */
export interface ApprovalTerms {
  /** How many different people have to approve. */
  readonly needed: number;
  /** Approved in full, the change waits: not before `after` (null: until it is let go), not at `before` or later. */
  readonly queue?: { readonly after: Date | null; readonly before: Date };
  /** A change of unknown state on the same server whose answer this plan is: it gives the server up. */
  readonly answers?: string | undefined;
}

export type ApprovalOutcome =
  | 'approved'
  | 'queued'
  /** It counts, and others have to approve, too. */
  | 'counted'
  | 'already-approved'
  /** Somebody approved the other variant of the plan. */
  | 'variant-differs'
  /** Another change holds the server. */
  | 'locked'
  | 'too-late';

/**
 * One person's approval of a proposal, compare-and-set: of any number of presses, from any number of processes, one moves
 * the change on.
 */
export const approve = (
  database: Database,
  id: string,
  decision: NewDecision,
  { needed, queue, answers }: ApprovalTerms,
): Promise<ApprovalOutcome> =>
  refusable(database, async (transaction) => {
    const change = await transaction
      .updateTable('changes')
      .set({ version: nextVersion })
      .where('id', '=', id)
      .where('state', '=', 'proposed')
      .where('expiresAt', '>', decision.at.toISOString())
      .returning(['planHash', 'server'])
      .executeTakeFirst();
    if (change === undefined) throw new Refused('too-late');
    if (change.planHash !== null && change.planHash !== decision.planHash)
      throw new Refused('variant-differs');
    await addDecision(transaction, id, change.server, { ...decision, decision: 'approved', reason: null });
    const { count } = await transaction
      .selectFrom('decisions')
      .select((columns) => columns.fn.countAll().as('count'))
      .where('changeId', '=', id)
      .where('decision', '=', 'approved')
      .executeTakeFirstOrThrow();
    const outcome = Number(count) < needed ? 'counted' : queue === undefined ? 'approved' : 'queued';
    // A plan in the queue may still be withdrawn: until it is let go, nothing has been answered.
    if (outcome === 'approved') await giveUp(transaction, answers, id);
    await transaction
      .updateTable('changes')
      .set({
        planHash: decision.planHash,
        ...(outcome === 'approved' ? locked : {}),
        ...(outcome === 'queued'
          ? {
              state: 'queued',
              startAfter: queue?.after?.toISOString() ?? null,
              expiresAt: queue?.before.toISOString() ?? '',
            }
          : {}),
      })
      .where('id', '=', id)
      .execute();
    return outcome;
  });

const locked = { state: 'approved', holdsLock: 1 } as const;

/** One person runs a plan alone and at once, for a written reason. */
export const breakGlass = (
  database: Database,
  id: string,
  decision: NewDecision & { readonly reason: string },
  answers?: string,
): Promise<'approved' | 'locked' | 'too-late'> =>
  refusable(database, async (transaction) => {
    await giveUp(transaction, answers, id);
    const change = await transaction
      .updateTable('changes')
      .set({ ...locked, planHash: decision.planHash, version: nextVersion })
      .where('id', '=', id)
      .where('state', 'in', ['proposed', 'queued'])
      .where('expiresAt', '>', decision.at.toISOString())
      .returning('server')
      .executeTakeFirst();
    if (change === undefined) throw new Refused('too-late');
    await addDecision(transaction, id, change.server, { ...decision, decision: 'broke-glass' });
    return 'approved';
  });

/** Decline, or withdraw: the plan has ended, also when it is approved and waits. */
export const decline = (
  database: Database,
  id: string,
  decision: NewDecision & { readonly decision: 'declined' | 'withdrawn' },
): Promise<'taken' | 'too-late'> =>
  refusable(database, async (transaction) => {
    const change = await transaction
      .updateTable('changes')
      .set({ state: 'declined', endedAt: decision.at.toISOString(), version: nextVersion })
      .where('id', '=', id)
      .where('state', 'in', ['proposed', 'queued'])
      .where('expiresAt', '>', decision.at.toISOString())
      .returning('server')
      .executeTakeFirst();
    if (change === undefined) throw new Refused('too-late');
    await addDecision(transaction, id, change.server, { ...decision, reason: null });
    return 'taken';
  });

/** An unknown change is closed by a person who finishes by hand. The server is free again. Too late: it has another answer. */
export const takeOverByHand = (
  database: Database,
  id: string,
  person: Person,
  at: Date,
): Promise<'taken' | 'too-late'> =>
  refusable(database, async (transaction) => {
    const change = await transaction
      .updateTable('changes')
      .set({ state: 'taken-over', holdsLock: 0, endedAt: at.toISOString(), version: nextVersion })
      .where('id', '=', id)
      .where('state', '=', 'unknown')
      .where('holdsLock', '=', 1)
      .returning(['planHash', 'server'])
      .executeTakeFirst();
    if (change === undefined) throw new Refused('too-late');
    const planHash = change.planHash ?? '';
    await addDecision(transaction, id, change.server, {
      decision: 'taken-over',
      planHash,
      person,
      at,
      reason: null,
    });
    return 'taken';
  });

/** The server of an unknown change is free again, by a person's word; the change stays unknown. */
export const unlock = (
  database: Database,
  server: string,
  person: Person,
  at: Date,
  reason: string,
): Promise<{ readonly unlocked: string } | 'running' | 'not-locked'> =>
  database.transaction().execute(async (transaction) => {
    const change = await transaction
      .updateTable('changes')
      .set({ holdsLock: 0, version: nextVersion })
      .where('server', '=', server)
      .where('holdsLock', '=', 1)
      .where('state', 'not in', ['approved', 'running'] satisfies ChangeState[])
      .returning(['id', 'planHash'])
      .executeTakeFirst();
    if (change !== undefined) {
      const planHash = change.planHash ?? '';
      await addDecision(transaction, change.id, server, {
        decision: 'unlocked',
        planHash,
        person,
        at,
        reason,
      });
      return { unlocked: change.id };
    }
    const holder = await transaction
      .selectFrom('changes')
      .select('id')
      .where('server', '=', server)
      .where('holdsLock', '=', 1)
      .executeTakeFirst();
    return holder === undefined ? 'not-locked' : 'running';
  });
