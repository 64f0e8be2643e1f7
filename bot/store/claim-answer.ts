import type { Database } from './open-database.ts';

/** Teams delivers nothing again after so long, milliseconds. */
const keptFor = 10 * 60_000;

/**
 * Who may answer an activity that more than one replica may have. True for the first one that asks. Fresh activities do not come
 * by here: it is a write.
 */
export const claimAnswer = async (database: Database, activity: string, now: Date): Promise<boolean> => {
  const claimed = await database
    .insertInto('lateAnswers')
    .values({ activity, at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('activity')
    .executeTakeFirst();
  const old = new Date(now.getTime() - keptFor).toISOString();
  await database.deleteFrom('lateAnswers').where('at', '<', old).execute();
  return claimed !== undefined;
};
