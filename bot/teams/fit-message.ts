import type { Activity } from 'botbuilder';
import type { Card, RenderedCard } from '../../cards/card.ts';
import type { Language } from '../../cards/languages/language.ts';
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
export const fitCard = (card: Card, language: Language): Partial<Activity> | undefined => {
  const whole = card.in(language);
  const message = (tried: RenderedCard) => cardActivity(tried, card.ownViews);
  const first = message(whole);
  if (fits(first)) return first;
  const shorter = shortenCard(whole, language, (tried) => fits(message(tried)));
  return shorter === undefined ? undefined : message(shorter);
};

/** What stands in the place of a card that does not fit. */
export const tooLongCard = (language: Language): Partial<Activity> =>
  cardActivity(noticeCard({ kind: 'answer-too-long' }).in(language));

/** A line of text as a message that Teams takes. */
export const fitText = (text: string): Partial<Activity> | undefined => {
  const message = { type: 'message', text };
  return fits(message) ? message : undefined;
};
