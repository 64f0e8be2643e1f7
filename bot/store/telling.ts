import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';

/** People are told of the same plan once in this time, milliseconds. */
export const tellingRest = 15 * 60_000;

/**
 * Takes the turn to tell the approvers of a plan that waits for them, compare-and-set: of any number of presses, in any number
 * of processes, one tells. False: they were told a while ago, or the plan does not wait any more.
 */
export const takeTelling = async (database: Database, changeId: string, now: Date): Promise<boolean> => {
  const restedSince = new Date(now.getTime() - tellingRest).toISOString();
  const taken = await database
    .updateTable('changes')
    .set({ toldAt: now.toISOString(), version: nextVersion })
    .where('id', '=', changeId)
    .where('state', '=', 'proposed')
    .where('expiresAt', '>', now.toISOString())
    .where((where) => where.or([where('toldAt', 'is', null), where('toldAt', '<=', restedSince)]))
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
};
