import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import { shortenCard } from '../../cards/shorten-card.ts';
import { cardActivity } from './card-activity.ts';

/** Bytes of UTF-16. Teams takes about 100 KB with everything around it, and advises to stay below this. */
const mostBytes = 80_000;
/** Room for what is added on the way: who, where, in answer to what. */
const forAddress = 8_000;

const fits = (message: Partial<Activity>): boolean =>
  JSON.stringify(message).length * 2 <= mostBytes - forAddress;

/** A card as a message that Teams takes. Undefined: it does not fit, also when it is shortened. */
export const fitCard = (card: Card): Partial<Activity> | undefined => {
  const message = cardActivity(card);
  if (fits(message)) return message;
  const shorter = shortenCard(card, (tried) => fits(cardActivity(tried)));
  return shorter === undefined ? undefined : cardActivity(shorter);
};

/** What stands in the place of a card that does not fit. */
export const tooLongCard = (): Partial<Activity> => cardActivity(noticeCard({ kind: 'answer-too-long' }));

/** A line of text as a message that Teams takes. */
export const fitText = (text: string): Partial<Activity> | undefined => {
  const message = { type: 'message', text };
  return fits(message) ? message : undefined;
};
