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
export const propose = async (database: Database, change: NewChange): Promise<Proposed> => {
  try {
    return await add(database, change);
  } catch (error) {
    // Somebody proposed for the same server at the same moment: now their plan is there to be compared with.
    if (isUniqueViolation(error)) return add(database, change);
    throw error;
  }
};

const add = (database: Database, change: NewChange): Promise<Proposed> =>
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
      .where('batchId', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (same !== undefined && change.batch === undefined) return { kind: 'same', id: same.id };
    const superseded = await transaction
      .updateTable('changes')
      .set({ state: 'superseded', endedAt: at, version: nextVersion })
      .where('server', '=', change.server)
      .where('state', 'in', ['proposed', 'queued'])
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
        sameness,
        startAfter: null,
        batchId: change.batch?.id ?? null,
        batchPlace: change.batch?.place ?? null,
      })
      .execute();
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
      detail: { plans: change.plans },
    });
    return { kind: 'new', superseded: superseded.map(({ id }) => id) };
  });
