import type { Person } from '../changes/person.ts';
import { record } from './audit.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';

/** A stop to all changes. `reason` is a person's: outside text. */
export interface Freeze {
  readonly reason: string;
  readonly by: Person;
  readonly at: Date;
}

/** The freeze in force. */
export const currentFreeze = async (database: Database): Promise<Freeze | undefined> => {
  const row = await database
    .selectFrom('freezes')
    .selectAll()
    .where('thawedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    reason: row.reason,
    by: { aadObjectId: row.personId, name: row.personName },
    at: new Date(row.at),
  };
};

/** Stops all changes. False when they are stopped already: that freeze stays as it is. */
export const freeze = (database: Database, id: string, { reason, by, at }: Freeze): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const added = await transaction
      .insertInto('freezes')
      .values({
        id,
        reason,
        personId: by.aadObjectId,
        personName: by.name,
        at: at.toISOString(),
        thawedAt: null,
        thawedById: null,
        thawedByName: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 1n) return false;
    const event = { at, actor: by, server: null, changeId: null };
    await record(transaction, { ...event, kind: 'frozen', detail: { reason } });
    await queuedMoved(transaction);
    return true;
  });

/** Lets changes go on. Undefined when nothing was frozen. */
export const thaw = (database: Database, by: Person, at: Date): Promise<Freeze | undefined> =>
  database.transaction().execute(async (transaction) => {
    const ended = await transaction
      .updateTable('freezes')
      .set({ thawedAt: at.toISOString(), thawedById: by.aadObjectId, thawedByName: by.name })
      .where('thawedAt', 'is', null)
      .returning(['reason', 'personId', 'personName', 'at'])
      .executeTakeFirst();
    if (ended === undefined) return undefined;
    const event = { at, actor: by, server: null, changeId: null };
    await record(transaction, { ...event, kind: 'thawed', detail: { reason: ended.reason } });
    await queuedMoved(transaction);
    return {
      reason: ended.reason,
      by: { aadObjectId: ended.personId, name: ended.personName },
      at: new Date(ended.at),
    };
  });

/** The cards of plans that wait say what they wait for. */
const queuedMoved = async (transaction: Database): Promise<void> => {
  await transaction
    .updateTable('changes')
    .set({ version: nextVersion })
    .where('state', '=', 'queued')
    .execute();
};
