import { advanceBatch } from '../store/advance-batch.ts';
import type { Desk } from './desk.ts';

/** Starts those of a batch whose turn it is, without waiting for the next look of the sweep. */
export const moveBatchOn = async (desk: Desk, batchId: string): Promise<void> => {
  const mayStart = (await desk.freezeState()).kind === 'none';
  const { released, cancelled } = await advanceBatch(desk.database, batchId, desk.now(), mayStart);
  for (const id of released) desk.worker.start(id);
  for (const id of [...released, ...cancelled]) desk.onMoved(id);
};
