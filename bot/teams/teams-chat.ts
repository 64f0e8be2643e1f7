import type { CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import type { Place } from '../changes/place.ts';
import { type Chat, ChatClosed } from '../conversation/chat.ts';
import { cardActivity } from './card-activity.ts';

/** Posts and replaces cards outside a turn. `appId` is empty in the demo, where authentication is off. */
export const teamsChat = (adapter: CloudAdapter, appId: string): Chat => {
  const inConversation = async <Result>(
    where: Place,
    act: (context: TurnContext) => Promise<Result>,
  ): Promise<Result> => {
    let outcome: PromiseSettledResult<Result> | undefined;
    await adapter.continueConversationAsync(appId, referenceOf(where), async (context) => {
      // Kept, and thrown below: the adapter hands an error to its own handler and goes on.
      [outcome] = await Promise.allSettled([act(context)]);
    });
    if (outcome === undefined) {
      throw new Error('continuing the conversation: the adapter did not run the turn');
    }
    if (outcome.status === 'rejected') throw closedOr(outcome.reason);
    return outcome.value;
  };
  return {
    post: (where, card) =>
      inConversation(where, async (context) => {
        const sent = await context.sendActivity(cardActivity(card));
        return { where, messageId: sent?.id ?? '' };
      }),
    replace: ({ where, messageId }, card) =>
      inConversation(where, async (context) => {
        await context.updateActivity({ ...cardActivity(card), id: messageId });
      }),
  };
};

// The address was written by `inboundOf` and never leaves the store.
const referenceOf = (where: Place): Partial<ConversationReference> =>
  JSON.parse(where.address) as Partial<ConversationReference>;

/** Statuses of the connector that time does not heal: the app was removed or blocked, the chat or the message is gone. */
const closed = new Set([403, 404, 410]);

const closedOr = (error: unknown): unknown => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && closed.has(status)
    ? new ChatClosed('continuing the conversation', error)
    : error;
};
