import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { isExtension } from './extension-activity.ts';
import { pathName } from './path-name.ts';
import { personId } from './person-id.ts';
import { maySendTo } from './service-address.ts';
import type { Trust } from './trust.ts';

export type Distrust = 'channel' | 'service-url' | 'tenant' | 'person' | 'bot' | 'shape';

/**
 * Looks at what the validated token vouches for: channel, tenant, person. Undefined when all is as it must be.
 * @returns why the activity is not worked on.
 */
export const distrustOf = (activity: Activity, trust: Trust): Distrust | undefined => {
  if (typeof activity.type !== 'string' || !hasConversation(activity) || !hasTeam(activity)) return 'shape';
  if (activity.channelId !== 'msteams') return 'channel';
  if (!maySendTo(activity.serviceUrl, trust)) return 'service-url';
  if (isBot(activity)) return 'bot';
  if (!isOfTenant(activity, trust)) return 'tenant';
  return spoken.has(activity.type) && !namesPerson(activity.from) ? 'person' : undefined;
};

/** What a person says or presses. */
const spoken = new Set(['message', 'messageUpdate', 'invoke']);

/** The id of the chat is what Teams is asked by, that of Entra is what counts. */
const namesPerson = (from: Partial<Activity['from']> | undefined): boolean =>
  pathName.safeParse(from?.id).success && personId.safeParse(from?.aadObjectId).success;

/** The message extension is opened also in chats that the bot is no member of; Teams may then name none. */
const hasConversation = (activity: Activity): boolean =>
  (activity.conversation?.id === undefined && isExtension(activity)) ||
  withName.safeParse(activity.conversation).success;

/** An object, and no list that has an id. */
const withName = z.object({ id: pathName });

/** In a channel Teams is asked by its team who a person is; a chat has none. */
const hasTeam = ({ channelData }: Partial<Activity>): boolean => {
  const id: unknown = channelData?.team?.id;
  return !id || pathName.safeParse(id).success;
};

/** Another bot, or the bot itself: an answer could go back and forth for ever. */
const isBot = ({ from, recipient }: Partial<Activity>): boolean => {
  const role: unknown = from?.role;
  const id: unknown = from?.id;
  if (role === 'bot' || role === 'skill') return true;
  // Teams puts 28: before the id of a bot.
  return typeof id === 'string' && (id.startsWith('28:') || id === recipient?.id);
};

/** At least one place names the tenant, and all that do name the same one, which is answered. */
const isOfTenant = (activity: Activity, { tenantId, otherTenantIds = [] }: Trust): boolean => {
  const from: unknown = activity.from;
  const places: unknown[] = [
    activity.conversation?.tenantId,
    activity.channelData?.tenant?.id,
    // Of a guest in a shared channel.
    typeof from === 'object' && from !== null && 'tenantId' in from ? from.tenantId : undefined,
  ];
  const said = new Set(
    places
      .filter((place) => place !== undefined && place !== null)
      .map((place) => (typeof place === 'string' ? place.toLowerCase() : place)),
  );
  const [named, ...others] = said;
  return (
    others.length === 0 && [tenantId, ...otherTenantIds].some((tenant) => tenant.toLowerCase() === named)
  );
};
