import type { PostedCard } from '../changes/place.ts';
import { cardsOf, type Reader, rememberCard } from '../store/posted.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk } from './desk.ts';

/** Replaces every card that shows a change by what is true of it now. */
export const showChange = async (desk: Desk, changeId: string): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return;
  for (const { posted, reader, zone } of await cardsOf(desk.database, changeId)) {
    try {
      const card = await cardOfChange(desk, change, { where: posted.where, reader, zone });
      await desk.chat.replace(posted, card);
    } catch (error) {
      // One chat that is gone must not keep the others from the truth.
      desk.onTrouble(`showing change ${change.number} on ${change.server}`, error);
    }
  }
};

/** Makes a posted message a card of this change and brings it up to date. */
export const showChangeOn = async (
  desk: Desk,
  changeId: string,
  posted: PostedCard,
  reader: Reader,
  zone: string,
): Promise<void> => {
  await rememberCard(desk.database, changeId, { posted, reader, zone });
  await showChange(desk, changeId);
};
