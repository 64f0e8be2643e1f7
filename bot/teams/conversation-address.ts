import { type Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { textUpTo } from './outside-text.ts';
import { pathName } from './path-name.ts';

const short = textUpTo(1_000).optional().catch(undefined);
const account = z
  .object({ id: short, name: short, aadObjectId: short, role: short })
  .optional()
  .catch(undefined);

/** What posting there again needs, and nothing else that an activity may carry. */
const reference = z.object({
  activityId: pathName.optional().catch(undefined),
  user: account,
  bot: account,
  conversation: z.object({
    id: short,
    name: short,
    conversationType: short,
    isGroup: z.boolean().optional().catch(undefined),
    tenantId: short,
  }),
  channelId: short,
  locale: short,
  serviceUrl: short,
});

/** Where a trusted activity came from, as JSON of a ConversationReference. It is kept with every card, so it is small. */
export const addressOf = (activity: Activity): string => JSON.stringify(referenceOf(activity));

/** The address of a conversation for messages that answer to none: in a channel each begins a thread. */
export const topAddressOf = (activity: Activity, conversationId: string): string => {
  const { activityId: _answered, ...rest } = referenceOf(activity);
  return JSON.stringify({ ...rest, conversation: { ...rest.conversation, id: conversationId } });
};

const withUser = z.object({ user: z.object({ id: z.string() }) });

/** Whose personal chat it is, as Teams names people ("29:…"); undefined for another address. */
export const userIn = (address: string): string | undefined =>
  withUser.safeParse(JSON.parse(address)).data?.user.id;

const referenceOf = (activity: Activity) => reference.parse(TurnContext.getConversationReference(activity));
