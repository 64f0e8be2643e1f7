import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import type { Card } from '../../cards/card.ts';

/** A message that is one card and nothing else: with a text beside it, Teams would split it and no id came back. */
export const cardActivity = (card: Card): Partial<Activity> => ({
  type: ActivityTypes.Message,
  summary: card.summary,
  attachments: [CardFactory.adaptiveCard(card.json)],
});
