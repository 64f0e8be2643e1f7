import { planOf } from '../changes/change.ts';
import { backupOf, type Plan } from '../changes/plan.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';
import { findChange, lockOn } from './read-change.ts';

/** The change of unknown state that holds the server, when this plan puts its backup back: Restore on its card. */
export const unknownAnsweredBy = async (database: Database, plan: Plan): Promise<string | undefined> => {
  if (plan.kind !== 'roll-back') return undefined;
  const lock = await lockOn(database, plan.server);
  if (lock?.kind !== 'held' || lock.change.state !== 'unknown') return undefined;
  return backupOf(planOf(lock.change)) === plan.backup ? lock.change.id : undefined;
};

/** The same for the plan that was approved of a change. */
export const unknownAnsweredByChange = async (
  database: Database,
  id: string,
): Promise<string | undefined> => {
  const change = await findChange(database, id);
  return change === undefined ? undefined : unknownAnsweredBy(database, planOf(change));
};

/** A change of unknown state has its answer, and holds its server no longer. */
export const giveUp = async (transaction: Database, changeId: string | undefined): Promise<void> => {
  if (changeId === undefined) return;
  await transaction
    .updateTable('changes')
    .set({ holdsLock: 0, version: nextVersion })
    .where('id', '=', changeId)
    .where('state', '=', 'unknown')
    .execute();
};
