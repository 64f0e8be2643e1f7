import type { Database } from './open-database.ts';

/**
 * Keeps that something is read for a person, whose card has a button to stop it: the press may come to another replica.
 * @param until nobody reads it after that, whatever happened to its replica
 */
export const beginRead = async (database: Database, id: string, until: Date): Promise<void> => {
  await database.insertInto('reads').values({ id, until: until.toISOString() }).execute();
};

/** Asks whoever reads it to stop. @returns false when it is read no more */
export const stopRead = async (database: Database, id: string, now: Date): Promise<boolean> => {
  const asked = await database
    .updateTable('reads')
    .set({ isUnwanted: 1 })
    .where('id', '=', id)
    .where('until', '>', now.toISOString())
    .executeTakeFirst();
  return asked.numUpdatedRows === 1n;
};

/** Which of these are to be stopped. */
export const unwantedReads = async (database: Database, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await database
    .selectFrom('reads')
    .select('id')
    .where('id', 'in', ids)
    .where('isUnwanted', '=', 1)
    .execute();
  return rows.map(({ id }) => id);
};

export const endRead = async (database: Database, id: string): Promise<void> => {
  await database.deleteFrom('reads').where('id', '=', id).execute();
};

/** Clears away what a replica that died was reading. */
export const dropOldReads = async (database: Database, now: Date): Promise<void> => {
  await database.deleteFrom('reads').where('until', '<', now.toISOString()).execute();
};
