import type { Change } from '../changes/change.ts';
import { samenessOf } from '../changes/plan.ts';
import { record } from './audit.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { isUniqueViolation } from './unique-violation.ts';

export type NewChange = Pick<
  Change,
  'id' | 'server' | 'kind' | 'plans' | 'context' | 'requester' | 'createdAt' | 'expiresAt' | 'policy'
> & { readonly batch?: { readonly id: string; readonly place: number } };

export type Proposed =
  /** It waits for a decision now, in the place of those that are named. */
  | { readonly kind: 'new'; readonly superseded: readonly string[] }
  /** The same plan waits already: it stays, with its approvals and its time. */
  | { readonly kind: 'same'; readonly id: string };

/** Adds a proposal. A server has one plan that waits at most: another one for it is superseded in the same transaction. */
export const propose = (database: Database, change: NewChange): Promise<Proposed> =>
  onceMore(() =>
    database.transaction().execute(async (transaction) => {
      const at = change.createdAt.toISOString();
      const sameness = samenessOf(change.plans);
      // An update first: a transaction that begins by reading cannot always be raised to writing.
      const same = await transaction
        .updateTable('changes')
        .set({ sameness })
        .where('server', '=', change.server)
        .where('state', 'in', ['proposed', 'queued'])
        .where('sameness', '=', sameness)
        .where('expiresAt', '>', at)
        .returning('id')
        .executeTakeFirst();
      if (same !== undefined) return { kind: 'same', id: same.id };
      const superseded = await add(transaction, change);
      await recordProposal(transaction, change, superseded);
      return { kind: 'new', superseded: superseded.map(({ id }) => id) };
    }),
  );

/** Once more when somebody proposed for the same server at the same moment: now their plan is there to be compared with. */
export const onceMore = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) return work();
    throw error;
  }
};

interface Superseded {
  readonly id: string;
  readonly server: string;
}

/** Adds the row of a proposal, in the place of the plan that waits for its server. Records nothing. */
export const add = async (transaction: Database, change: NewChange): Promise<readonly Superseded[]> => {
  const at = change.createdAt.toISOString();
  const superseded = await transaction
    .updateTable('changes')
    .set({ state: 'superseded', endedAt: at, version: nextVersion })
    .where('server', '=', change.server)
    .where('state', 'in', ['proposed', 'queued'])
    .returning(['id', 'server'])
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
      policyJson: JSON.stringify(change.policy),
      planHash: null,
      requesterId: change.requester.aadObjectId,
      requesterName: change.requester.name,
      createdAt: at,
      expiresAt: change.expiresAt.toISOString(),
      owner: null,
      fence: 0,
      leaseUntil: null,
      startedAt: null,
      endedAt: null,
      resultJson: null,
      sameness: samenessOf(change.plans),
      startAfter: null,
      batchId: change.batch?.id ?? null,
      batchPlace: change.batch?.place ?? null,
      answeredBy: null,
      toldAt: null,
    })
    .execute();
  return superseded;
};

/** The entries of a proposal that was added, and of those that it superseded. */
export const recordProposal = async (
  transaction: Database,
  change: NewChange,
  superseded: readonly Superseded[],
): Promise<void> => {
  const event = { at: change.createdAt, actor: change.requester, server: change.server };
  for (const { id } of superseded) {
    await record(transaction, {
      ...event,
      kind: 'superseded',
      changeId: id,
      detail: { by: change.id },
    });
  }
  await record(transaction, {
    ...event,
    kind: 'proposed',
    changeId: change.id,
    detail: { plans: change.plans, ...(change.batch === undefined ? {} : { batch: change.batch.id }) },
  });
};
