import type { LeftOut } from '../changes/batch.ts';
import type { Person } from '../changes/person.ts';
import { samenessOf } from '../changes/plan.ts';
import type { Database } from './open-database.ts';
import { add, type NewChange, onceMore, recordProposal } from './propose.ts';

export interface NewBatch {
  readonly id: string;
  readonly requester: Person;
  readonly createdAt: Date;
  /** How many may run at a time. */
  readonly parallel: number;
  readonly leftOut: readonly LeftOut[];
}

export type BatchProposed =
  /** It waits for a decision, in the place of the changes that are named. */
  | { readonly kind: 'new'; readonly superseded: readonly string[] }
  /** A batch with the same plans in the same order waits already: it stays, with its approvals and its time. */
  | { readonly kind: 'same'; readonly id: string };

/** Adds a batch with all its changes, or none of them. Plans that wait for the same servers are superseded. */
export const proposeBatch = (
  database: Database,
  batch: NewBatch,
  plans: readonly Omit<NewChange, 'batch'>[],
): Promise<BatchProposed> =>
  onceMore(() =>
    database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('batches')
        .values({
          id: batch.id,
          requesterId: batch.requester.aadObjectId,
          requesterName: batch.requester.name,
          createdAt: batch.createdAt.toISOString(),
          parallel: batch.parallel,
          askedJson: JSON.stringify({ leftOut: batch.leftOut }),
        })
        .execute();
      const same = await sameBatch(transaction, batch, plans);
      if (same !== undefined) {
        await transaction.deleteFrom('batches').where('id', '=', batch.id).execute();
        return { kind: 'same', id: same };
      }
      const added: { change: NewChange; superseded: Awaited<ReturnType<typeof add>> }[] = [];
      // By name, so that of two batches for the same servers the later one waits for the other as a whole.
      for (const [place, plan] of [...plans.entries()].toSorted(byServer)) {
        const change = { ...plan, batch: { id: batch.id, place } };
        added.push({ change, superseded: await add(transaction, change) });
      }
      // The audit last: whoever writes to it keeps all others from it until the end of the transaction.
      for (const { change, superseded } of added) await recordProposal(transaction, change, superseded);
      return { kind: 'new', superseded: added.flatMap(({ superseded }) => superseded.map(({ id }) => id)) };
    }),
  );

const byServer = (
  [, one]: readonly [number, Pick<NewChange, 'server'>],
  [, other]: readonly [number, Pick<NewChange, 'server'>],
): number => (one.server < other.server ? -1 : 1);

/** The batch that waits with exactly these plans, in this order, as many at a time. */
const sameBatch = async (
  transaction: Database,
  { parallel, createdAt }: NewBatch,
  plans: readonly Omit<NewChange, 'batch'>[],
): Promise<string | undefined> => {
  const [first] = plans;
  if (first === undefined) return undefined;
  const candidate = await transaction
    .selectFrom('changes')
    .innerJoin('batches', 'batches.id', 'changes.batchId')
    .select('batches.id')
    .where('changes.server', '=', first.server)
    .where('changes.state', 'in', ['proposed', 'queued'])
    .where('batches.parallel', '=', parallel)
    .executeTakeFirst();
  if (candidate === undefined) return undefined;
  const members = await transaction
    .selectFrom('changes')
    .select(['sameness', 'state', 'expiresAt'])
    .where('batchId', '=', candidate.id)
    .orderBy('batchPlace')
    .execute();
  const isSame =
    members.length === plans.length &&
    members.every(
      ({ sameness, state, expiresAt }, index) =>
        (state === 'proposed' || state === 'queued') &&
        expiresAt > createdAt.toISOString() &&
        sameness === samenessOf(plans[index]?.plans ?? []),
    );
  return isSame ? candidate.id : undefined;
};
