import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Place } from '../changes/place.ts';
import type { ExtensionAsk, Inbound } from '../conversation/chat.ts';
import { addressOf, topAddressOf } from './conversation-address.ts';
import { extensionAsks } from './extension-activity.ts';
import { inboundText } from './inbound-text.ts';
import { pathName } from './path-name.ts';
import { personId } from './person-id.ts';
import { sentFiles } from './sent-files.ts';

const token = z.object({ token: z.string() });
const inputs = z.record(z.string(), z.unknown());
const execute = z.object({ action: z.object({ data: z.unknown() }) });
const text = z.string().catch('');
const person = z
  .object({ aadObjectId: personId.catch(''), name: text.transform((name) => name.slice(0, 200)) })
  .catch({ aadObjectId: '', name: '' });
const messageId = pathName.optional().catch(undefined);

/**
 * An activity as the conversation takes it; undefined for everything it has no use for (typing, reactions, deleted messages).
 * The activity comes from outside: every part is looked at before it is used.
 */
export const inboundOf = (activity: Activity): Inbound | undefined => {
  const where = placeOf(activity);
  const common = { who: person.parse(activity.from), where, zone: zoneOf(activity) };
  const cardId = messageId.parse(activity.replyToId);
  switch (activity.type) {
    case 'message': {
      const submitted = pressedIn(activity.value);
      if (submitted !== undefined) return { kind: 'press', ...common, ...submitted, cardId };
      return messageOf(activity, common);
    }
    case 'invoke': {
      if (activity.name !== 'adaptiveCard/action') return undefined;
      const pressed = pressedIn(execute.safeParse(activity.value).data?.action.data);
      // A press without a token is answered too: no button of ours, and the person is told.
      return { kind: 'press', ...common, ...(pressed ?? { token: '', inputs: {} }), cardId };
    }
    case 'messageUpdate':
      return eventOf(activity) === 'editMessage'
        ? { ...messageOf(activity, common), isEdit: true }
        : undefined;
    case 'installationUpdate':
    case 'conversationUpdate': {
      const kind = membershipOf(activity);
      if (kind === undefined) return undefined;
      return { kind, ...common, where: firstPlaceOf(activity), installation: installationOf(activity) };
    }
    default:
      return undefined;
  }
};

/** What the message extension is asked for; undefined for a command that is none of ours. It may come without a conversation. */
export const extensionAskOf = (activity: Activity): ExtensionAsk | undefined => {
  const asked = extensionAsks(activity);
  if (asked === undefined) return undefined;
  return {
    ...asked,
    personalChat: personalChatOf(activity.recipient),
    who: person.parse(activity.from),
    zone: zoneOf(activity),
  };
};

const messageOf = (
  activity: Activity,
  common: Pick<Inbound, 'who' | 'where' | 'zone'>,
): Extract<Inbound, { kind: 'message' }> => {
  const { text, quoted, namesAttachment } = inboundText(activity);
  return {
    kind: 'message',
    ...common,
    text,
    quoted,
    files: sentFiles(activity, namesAttachment),
    messageId: messageId.parse(activity.id),
    isEdit: false,
    installation: installationOf(activity),
    top: topOf(activity, common.where),
    thread: activity.conversation.id,
    personalChat: personalChatOf(activity.recipient),
  };
};

/** 28: and the id of the bot's registration. */
const bot = z.object({ id: z.string().regex(/^28:[0-9A-Fa-f-]{36}$/) });

const personalChatOf = (recipient: unknown): string | undefined => {
  const id = bot.safeParse(recipient).data?.id;
  return id === undefined ? undefined : `https://teams.microsoft.com/l/chat/0/0?users=${id}`;
};

const pressedIn = (data: unknown): { token: string; inputs: Record<string, string> } | undefined => {
  const pressed = token.safeParse(data);
  if (!pressed.success) return undefined;
  const values = Object.entries(inputs.parse(data)).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)] as const] : [],
  );
  return { token: pressed.data.token, inputs: Object.fromEntries(values) };
};

const channelData = z
  .object({
    eventType: z.string().optional().catch(undefined),
    team: z.object({ id: pathName }).optional().catch(undefined),
    settings: z
      .object({ selectedChannel: z.object({ id: pathName }) })
      .optional()
      .catch(undefined),
  })
  .catch({});

const eventOf = (activity: Activity): string | undefined => channelData.parse(activity.channelData).eventType;

const members = z.array(z.looseObject({ id: z.string() })).catch([]);

/** Teams tells of an installation in two ways, often in both. An upgrade of the app is none. */
const membershipOf = (activity: Activity): 'installed' | 'removed' | undefined => {
  if (activity.type === 'installationUpdate') {
    if (activity.action === 'add') return 'installed';
    return activity.action === 'remove' ? 'removed' : undefined;
  }
  const isBot = ({ id }: { readonly id: string }) => id === activity.recipient?.id;
  if (members.parse(activity.membersAdded).some(isBot)) return 'installed';
  return members.parse(activity.membersRemoved).some(isBot) ? 'removed' : undefined;
};

/** In a team: the team. It is installed once there, for all its channels. */
const installationOf = (activity: Activity): string =>
  channelData.parse(activity.channelData).team?.id ?? placeOf(activity).conversationId;

/** Where the first words go: in a team to the channel that was chosen for it. A chat names itself there. */
const firstPlaceOf = (activity: Activity): Place => {
  const where = placeOf(activity);
  const chosen = channelData.parse(activity.channelData).settings?.selectedChannel.id;
  return where.kind !== 'channel' || chosen === undefined
    ? where
    : topOf(activity, { ...where, conversationId: chosen });
};

/** The same conversation, outside every thread. */
const topOf = (activity: Activity, where: Place): Place => ({
  ...where,
  address: topAddressOf(activity, where.conversationId),
});

/** Where an activity came from. */
export const placeOf = (activity: Activity): Place => {
  const { conversation } = activity;
  return {
    conversationId: conversation.id.replace(/;messageid=\d+$/, ''),
    kind: kindOf(conversation),
    address: addressOf(activity),
  };
};

/** A personal chat is told things that a group is not, so a kind that is not known is no personal chat. */
const kindOf = ({ conversationType, isGroup }: Activity['conversation']): Place['kind'] => {
  if (conversationType === 'channel') return 'channel';
  // Some clients leave the type out in a personal chat.
  const personal = conversationType === 'personal' || (conversationType === undefined && isGroup !== true);
  return personal ? 'personal' : 'group';
};

const zoneOf = (activity: Activity): string | undefined => {
  const zone = text.parse(activity.localTimezone);
  try {
    return zone === ''
      ? undefined
      : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};
