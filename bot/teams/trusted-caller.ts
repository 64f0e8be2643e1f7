import type { Activity } from 'botbuilder';
import { isExtension } from './extension-activity.ts';
import { personId } from './person-id.ts';

/** Who may speak to the bot, and where it may answer. */
export interface Trust {
  readonly tenantId: string;
  /** The demo speaks with a chat on this machine, and with nothing else. */
  readonly loopbackOnly: boolean;
}

export type Distrust = 'channel' | 'service-url' | 'tenant' | 'person' | 'bot' | 'shape';

/** Those of Teams have less than 300; the id is kept with every card and button. */
const longestConversationId = 1_000;

/** Hosts of the Bot Connector service that answers for Teams. Under trafficmanager.net anybody may take a name, so it is whole. */
const connectorHosts = ['botframework.com', 'smba.trafficmanager.net', 'teams.microsoft.com'];

/**
 * Looks at what the validated token vouches for: channel, tenant, person. Undefined when all is as it must be.
 * @returns why the activity is not worked on.
 */
export const distrustOf = (activity: Activity, trust: Trust): Distrust | undefined => {
  if (typeof activity.type !== 'string' || !hasConversation(activity)) return 'shape';
  if (activity.channelId !== 'msteams') return 'channel';
  if (!isTrustedServiceUrl(activity.serviceUrl, trust)) return 'service-url';
  if (isBot(activity)) return 'bot';
  if (!isOfTenant(activity, trust.tenantId)) return 'tenant';
  const knowsPerson = personId.safeParse(activity.from?.aadObjectId).success;
  return !knowsPerson && spoken.has(activity.type) ? 'person' : undefined;
};

/** What a person says or presses. */
const spoken = new Set(['message', 'messageUpdate', 'invoke']);

/** The message extension is opened also in chats that the bot is no member of; Teams may then name none. */
const hasConversation = (activity: Activity): boolean => {
  const id: unknown = activity.conversation?.id;
  if (id === undefined && isExtension(activity)) return true;
  return typeof id === 'string' && id.length <= longestConversationId;
};

/** Another bot, or the bot itself: an answer could go back and forth for ever. */
const isBot = ({ from, recipient }: Partial<Activity>): boolean => {
  const role: unknown = from?.role;
  const id: unknown = from?.id;
  if (role === 'bot' || role === 'skill') return true;
  // Teams puts 28: before the id of a bot.
  return typeof id === 'string' && (id.startsWith('28:') || id === recipient?.id);
};

/** At least one place names the tenant, and all that do name ours. */
const isOfTenant = (activity: Activity, tenantId: string): boolean => {
  const from: unknown = activity.from;
  const places: unknown[] = [
    activity.conversation?.tenantId,
    activity.channelData?.tenant?.id,
    // Of a guest in a shared channel.
    typeof from === 'object' && from !== null && 'tenantId' in from ? from.tenantId : undefined,
  ];
  const said = places.filter((place) => place !== undefined && place !== null);
  return (
    said.length > 0 &&
    said.every((place) => typeof place === 'string' && place.toLowerCase() === tenantId.toLowerCase())
  );
};

const isTrustedServiceUrl = (serviceUrl: unknown, trust: Trust): boolean => {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return false;
  const { protocol, hostname } = new URL(serviceUrl);
  if (trust.loopbackOnly) return /^https?:$/.test(protocol) && isLoopback(hostname);
  return (
    protocol === 'https:' && connectorHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
