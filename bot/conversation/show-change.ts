import { cardsOf } from '../store/posted.ts';
import { findBatch, firstOfBatch } from '../store/read-batch.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfBatch } from './batch-card.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk } from './desk.ts';

/**
 * Replaces every card that shows a change by what is true of it now. Called in its turn through `Desk.onMoved` only: of two
 * at one moment the older state could arrive last, and stay.
 */
export const showChange = async (desk: Desk, changeId: string): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return;
  const first = await firstOfBatch(desk.database, changeId);
  // The cards of a batch are kept with the first of its changes, and move with each of them.
  if (first !== undefined && first !== changeId) desk.onMoved(first);
  for (const { posted, batchId, ...seen } of await cardsOf(desk.database, changeId)) {
    try {
      const audience = { where: posted.where, ...seen };
      const batch = batchId === undefined ? undefined : await findBatch(desk.database, batchId);
      const card = await (batch === undefined
        ? cardOfChange(desk, change, audience)
        : cardOfBatch(desk, batch, audience));
      await desk.chat.replace(posted, card);
    } catch (error) {
      // One chat that is gone must not keep the others from the truth.
      desk.onTrouble(`showing change ${change.number} on ${change.server}`, error);
    }
  }
};
