import { askedSchema, type Batch } from '../changes/batch.ts';
import type { Database } from './open-database.ts';
import { changesOfBatch } from './read-change.ts';

/** One batch with its changes, or undefined. */
export const findBatch = async (database: Database, id: string): Promise<Batch | undefined> => {
  const row = await database.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    requester: { aadObjectId: row.requesterId, name: row.requesterName },
    createdAt: new Date(row.createdAt),
    parallel: row.parallel,
    leftOut: askedSchema.parse(JSON.parse(row.askedJson)).leftOut,
    members: await changesOfBatch(database, id),
  };
};

/** The first change of the batch that a change is a part of: the cards of the batch are kept with it. */
export const firstOfBatch = async (database: Database, changeId: string): Promise<string | undefined> => {
  const row = await database
    .selectFrom('changes as first')
    .innerJoin('changes as one', 'one.batchId', 'first.batchId')
    .select('first.id')
    .where('one.id', '=', changeId)
    .orderBy('first.batchPlace')
    .executeTakeFirst();
  return row?.id;
};
