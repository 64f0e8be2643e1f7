import type { Decision } from '../changes/change.ts';
import { record } from './audit.ts';
import type { Database } from './open-database.ts';
import { Refused } from './refusable.ts';

/** Adds a person's decision on a change and its entry in the audit. Refused when they said so before. */
export const addDecision = async (
  transaction: Database,
  changeId: string,
  server: string,
  decision: Decision,
): Promise<void> => {
  await keepDecision(transaction, changeId, decision);
  await recordDecision(transaction, changeId, server, decision);
};

/** The decision alone. Several of one transaction are all kept before the first is recorded. */
export const keepDecision = async (
  transaction: Database,
  changeId: string,
  { decision, planHash, person, at, reason }: Decision,
): Promise<void> => {
  const added = await transaction
    .insertInto('decisions')
    .values({
      changeId,
      planHash,
      decision,
      personId: person.aadObjectId,
      personName: person.name,
      at: at.toISOString(),
      reason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) throw new Refused('already-approved');
};

/** Its entry in the audit; `batchId` when it was said of a whole batch. */
export const recordDecision = (
  transaction: Database,
  changeId: string,
  server: string,
  { decision, planHash, person, at, reason }: Decision,
  batchId?: string,
): Promise<void> =>
  record(transaction, {
    kind: decision,
    at,
    actor: person,
    server,
    changeId,
    detail: {
      planHash,
      ...(reason === null ? {} : { reason }),
      ...(batchId === undefined ? {} : { batch: batchId }),
    },
  });
