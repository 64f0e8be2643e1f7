import { type Activity, ActivityTypes } from 'botbuilder';
import type { Card } from '../../cards/card.ts';

/** The answer to a pressed button (invoke `adaptiveCard/action`): the card that takes its place, or a line of text. */
export const invokeResponse = (answer: { card: Card } | { text: string }): Partial<Activity> => ({
  type: ActivityTypes.InvokeResponse,
  value: {
    status: 200,
    body:
      'card' in answer
        ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card.json }
        : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text },
  },
});

/** The answer to an invoke that the bot has no use for. */
export const notImplemented: Partial<Activity> = {
  type: ActivityTypes.InvokeResponse,
  value: { status: 501 },
};
