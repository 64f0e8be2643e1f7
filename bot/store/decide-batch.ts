import type { ChangeState, Decision } from '../changes/change.ts';
import type { Person } from '../changes/person.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { keepDecision, recordDecision } from './record-decision.ts';
import { Refused, refusable } from './refusable.ts';

/** A change of a batch as the person saw it, and on what terms it is approved. */
export interface MemberTerms {
  readonly id: string;
  readonly planHash: string;
  /** How many different people have to approve. */
  readonly needed: number;
  /** Approved in full, it may start from `after` on (null: when its turn comes), and not at `before` or later. */
  readonly queue: { readonly after: Date | null; readonly before: Date };
}

export type BatchApprovalOutcome =
  /** Approved in full: every change waits for its turn. */
  | 'queued'
  /** It counts, and others have to approve, too. */
  | 'counted'
  | 'already-approved'
  /** Something of it moved since the person saw it. */
  | 'too-late';

interface By {
  readonly person: Person;
  readonly at: Date;
}

/**
 * One person's approval of all changes of a batch that wait for one, compare-and-set: all of them count it, or none. They
 * are queued together, when the last of them has as many approvals as it needs.
 */
export const approveBatch = (
  database: Database,
  batchId: string,
  members: readonly MemberTerms[],
  by: By,
): Promise<BatchApprovalOutcome> =>
  refusable<BatchApprovalOutcome>(database, async (transaction) => {
    await holdBatch(transaction, batchId);
    const moved = await moveAll(transaction, batchId, ['proposed'], by.at, {});
    requireThese(moved, members);
    const decisions: readonly { row: Moved; decision: Decision }[] = moved.map((row) => ({
      row,
      decision: { ...by, decision: 'approved', planHash: termsOf(row.id, members).planHash, reason: null },
    }));
    for (const { row, decision } of decisions) {
      // The first approval named the other variant of the plan, by a card of the change alone.
      if (row.planHash !== null && row.planHash !== decision.planHash) throw new Refused('too-late');
      await keepDecision(transaction, row.id, decision);
    }
    const votes = await votesOf(transaction, moved);
    const isEnough = members.every(({ id, needed }) => (votes.get(id) ?? 0) >= needed);
    for (const { id, planHash, queue } of members) {
      await transaction
        .updateTable('changes')
        .set({ planHash, ...(isEnough ? queuedBy(queue) : {}) })
        .where('id', '=', id)
        .execute();
    }
    for (const { row, decision } of decisions) {
      await recordDecision(transaction, row.id, row.server, decision, batchId);
    }
    return isEnough ? 'queued' : 'counted';
  });

/** One person runs a batch alone and without waiting for a window, for a written reason: its order and its stop hold. */
export const breakGlassOfBatch = (
  database: Database,
  batchId: string,
  members: readonly Pick<MemberTerms, 'id' | 'planHash' | 'queue'>[],
  by: By & { readonly reason: string },
): Promise<'queued' | 'already-approved' | 'too-late'> =>
  refusable(database, async (transaction) => {
    await holdBatch(transaction, batchId);
    const moved = await moveAll(transaction, batchId, ['proposed', 'queued'], by.at, {});
    requireThese(moved, members);
    for (const { id, planHash, queue } of members) {
      await transaction
        .updateTable('changes')
        .set({ planHash, ...queuedBy(queue) })
        .where('id', '=', id)
        .execute();
      await keepDecision(transaction, id, { ...by, decision: 'broke-glass', planHash });
    }
    for (const { id, server } of moved) {
      const { planHash } = termsOf(id, members);
      await recordDecision(transaction, id, server, { ...by, decision: 'broke-glass', planHash }, batchId);
    }
    return 'queued';
  });

/** Decline, or withdraw, everything of a batch that has not started. Their ids come back; none: it was too late. */
export const declineBatch = (
  database: Database,
  batchId: string,
  by: By & { readonly decision: 'declined' | 'withdrawn' },
): Promise<readonly string[]> =>
  database.transaction().execute(async (transaction) => {
    await holdBatch(transaction, batchId);
    const endedAt = by.at.toISOString();
    const moved = await moveAll(transaction, batchId, ['proposed', 'queued'], by.at, {
      state: 'declined',
      endedAt,
    });
    const decisions = moved.map(({ id, server, planHash }) => ({
      id,
      server,
      decision: { ...by, planHash: planHash ?? '', reason: null },
    }));
    for (const { id, decision } of decisions) await keepDecision(transaction, id, decision);
    for (const { id, server, decision } of decisions) {
      await recordDecision(transaction, id, server, decision, batchId);
    }
    return moved.map(({ id }) => id);
  });

/** Puts those who decide on a batch, and those who let its changes go, in a row. */
export const holdBatch = async (transaction: Database, batchId: string): Promise<void> => {
  await transaction
    .updateTable('batches')
    .set((columns) => ({ parallel: columns.ref('parallel') }))
    .where('id', '=', batchId)
    .execute();
};

interface Moved {
  readonly id: string;
  readonly server: string;
  readonly planHash: string | null;
}

const moveAll = (
  transaction: Database,
  batchId: string,
  from: readonly ChangeState[],
  at: Date,
  to: { readonly state?: ChangeState; readonly endedAt?: string },
): Promise<Moved[]> =>
  transaction
    .updateTable('changes')
    .set({ ...to, version: nextVersion })
    .where('batchId', '=', batchId)
    .where('state', 'in', from)
    .where('expiresAt', '>', at.toISOString())
    .returning(['id', 'server', 'planHash'])
    .execute();

/** What is decided is what the person saw: no change more, and none less. */
const requireThese = (moved: readonly Moved[], members: readonly { readonly id: string }[]): void => {
  const ids = new Set(moved.map(({ id }) => id));
  if (ids.size === 0 || ids.size !== members.length || !members.every(({ id }) => ids.has(id))) {
    throw new Refused('too-late');
  }
};

const termsOf = <Terms extends { readonly id: string }>(id: string, members: readonly Terms[]): Terms => {
  const terms = members.find((member) => member.id === id);
  if (terms === undefined) throw new Refused('too-late');
  return terms;
};

const queuedBy = ({ after, before }: MemberTerms['queue']) => ({
  state: 'queued',
  startAfter: after?.toISOString() ?? null,
  expiresAt: before.toISOString(),
});

const votesOf = async (
  transaction: Database,
  moved: readonly Moved[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await transaction
    .selectFrom('decisions')
    .select((columns) => ['changeId', columns.fn.countAll().as('count')])
    .where(
      'changeId',
      'in',
      moved.map(({ id }) => id),
    )
    .where('decision', '=', 'approved')
    .groupBy('changeId')
    .execute();
  return new Map(rows.map(({ changeId, count }) => [changeId, Number(count)]));
};
