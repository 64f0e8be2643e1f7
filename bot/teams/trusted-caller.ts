import type { Activity } from 'botbuilder';

/** Who may speak to the bot, and where it may answer. */
export interface Trust {
  readonly tenantId: string;
  /** The demo speaks with a chat on this machine, and with nothing else. */
  readonly loopbackOnly: boolean;
}

export type Distrust = 'channel' | 'service-url' | 'tenant' | 'person' | 'shape';

/** Hosts of the Bot Connector service that answers for Teams. Under trafficmanager.net anybody may take a name, so it is whole. */
const connectorHosts = ['botframework.com', 'smba.trafficmanager.net', 'teams.microsoft.com'];

/**
 * Looks at what the validated token vouches for: channel, tenant, person. Undefined when all is as it must be.
 * @returns why the activity is not worked on.
 */
export const distrustOf = (activity: Activity, trust: Trust): Distrust | undefined => {
  if (typeof activity.conversation?.id !== 'string' || typeof activity.type !== 'string') return 'shape';
  if (activity.channelId !== 'msteams') return 'channel';
  if (!isTrustedServiceUrl(activity.serviceUrl, trust)) return 'service-url';
  if (!isOfTenant(activity, trust.tenantId)) return 'tenant';
  const knowsPerson = typeof activity.from?.aadObjectId === 'string' && activity.from.aadObjectId !== '';
  if (!knowsPerson && (activity.type === 'message' || activity.type === 'invoke')) return 'person';
  return undefined;
};

/** At least one place names the tenant, and all that do name ours. */
const isOfTenant = (activity: Activity, tenantId: string): boolean => {
  const places: unknown[] = [activity.conversation.tenantId, activity.channelData?.tenant?.id];
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
