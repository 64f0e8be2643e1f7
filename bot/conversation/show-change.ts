import { cardsOf } from '../store/posted.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk } from './desk.ts';

/**
 * Replaces every card that shows a change by what is true of it now. Called in its turn through `Desk.onMoved` only: of two
 * at one moment the older state could arrive last, and stay.
 */
export const showChange = async (desk: Desk, changeId: string): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return;
  for (const { posted, ...seen } of await cardsOf(desk.database, changeId)) {
    try {
      const card = await cardOfChange(desk, change, { where: posted.where, ...seen });
      await desk.chat.replace(posted, card);
    } catch (error) {
      // One chat that is gone must not keep the others from the truth.
      desk.onTrouble(`showing change ${change.number} on ${change.server}`, error);
    }
  }
};
