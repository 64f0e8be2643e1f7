import { type Ending, wroteNothing } from '../changes/change.ts';
import { askAgain } from './answered-unknown.ts';
import { record } from './audit.ts';
import { nextVersion } from './moved.ts';
import type { Database } from './open-database.ts';

/**
 * What a look found out about an unknown change. False when somebody closed it meanwhile, or gave its server up: what is there
 * then may be another change's work.
 */
export const settleUnknown = (database: Database, id: string, ending: Ending, at: Date): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const change = await transaction
      .updateTable('changes')
      .set({
        state: ending.state,
        resultJson: JSON.stringify(ending.result),
        version: nextVersion,
        // A card says since when a state is unknown: another look does not move that, and does not free the server.
        ...(ending.state === 'unknown' ? {} : { endedAt: at.toISOString(), holdsLock: 0 }),
      })
      .where('id', '=', id)
      .where('state', '=', 'unknown')
      .where('holdsLock', '=', 1)
      .returning('server')
      .executeTakeFirst();
    if (change === undefined) return false;
    if (wroteNothing(ending.result)) await askAgain(transaction, id);
    await record(transaction, {
      kind: 'settled',
      at,
      actor: null,
      server: change.server,
      changeId: id,
      detail: { state: ending.state, result: ending.result },
    });
    return true;
  });
