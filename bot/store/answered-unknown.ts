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

/** A change of unknown state is answered by its way back, and holds its server no longer. */
export const giveUp = async (
  transaction: Database,
  changeId: string | undefined,
  wayBack: string,
): Promise<void> => {
  if (changeId === undefined) return;
  await transaction
    .updateTable('changes')
    .set({ holdsLock: 0, answeredBy: wayBack, version: nextVersion })
    .where('id', '=', changeId)
    .where('state', '=', 'unknown')
    .where('holdsLock', '=', 1)
    .execute();
};

/**
 * A way back wrote nothing after all, so what it answered is as open as before: that change holds its server again. The way
 * back must have let go of it.
 */
export const askAgain = async (transaction: Database, wayBack: string): Promise<void> => {
  await transaction
    .updateTable('changes')
    .set({ holdsLock: 1, answeredBy: null, version: nextVersion })
    .where('answeredBy', '=', wayBack)
    .where('state', '=', 'unknown')
    .execute();
};
