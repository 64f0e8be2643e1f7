import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import type { Card, RenderedCard } from '../../cards/card.ts';
import { userIn } from './conversation-address.ts';

/** A message that is one card and nothing else: with a text beside it, Teams would split it and no id came back. */
export const cardActivity = (card: RenderedCard, ownViews?: Card['ownViews']): Partial<Activity> => ({
  type: ActivityTypes.Message,
  summary: card.summary,
  attachments: [CardFactory.adaptiveCard(cardJson(card, ownViews))],
});

/** The card with what makes clients ask for the view of one person. An edit of the message makes them ask again. */
export const cardJson = (
  { json }: RenderedCard,
  ownViews: Card['ownViews'],
): Readonly<Record<string, unknown>> => {
  if (ownViews === undefined) return json;
  const { token, addresses } = ownViews;
  return {
    ...json,
    refresh: {
      action: { type: 'Action.Execute', verb: 'view', data: { token } },
      userIds: addresses.flatMap((address) => userIn(address) ?? []),
    },
  };
};
