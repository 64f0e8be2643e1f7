import type { FreezeState } from '../changes/freeze-state.ts';
import { forgetOldNews } from './announcements.ts';
import { forgetOldTokens } from './forget-tokens.ts';
import { dropOldJobs } from './jobs.ts';
import type { Database } from './open-database.ts';
import { expireDue, releaseDue } from './queue.ts';
import { dropOldReads } from './reads.ts';

/**
 * Does what is due by the clock alone: lets queued changes go, as long as nothing is frozen, and ends old plans, jobs,
 * readings and buttons. Throws a StoreError.
 */
export const sweepStore = async (
  database: Database,
  now: () => Date,
  freezeState: () => Promise<FreezeState>,
): Promise<void> => {
  const mayStart = (await freezeState()).kind === 'none';
  await releaseDue(database, now(), mayStart);
  await expireDue(database, now());
  await dropOldJobs(database, now());
  await dropOldReads(database, now());
  await forgetOldTokens(database, now());
  await forgetOldNews(database, now());
};
