import type { Activity } from 'botbuilder';

/** Who may speak to the bot, and where it may answer. */
export interface Trust {
  readonly tenantId: string;
  /** The demo speaks with a chat on this machine, and with nothing else. */
  readonly loopbackOnly: boolean;
}

export type Distrust = 'channel' | 'service-url' | 'tenant' | 'person' | 'shape';

/** Hosts of the Bot Connector service that answers for Teams. */
const connectorHosts = ['botframework.com', 'trafficmanager.net', 'teams.microsoft.com'];

/**
 * Looks at what the validated token vouches for: channel, tenant, person. Undefined when all is as it must be.
 * @returns why the activity is not worked on.
 */
export const distrustOf = (activity: Activity, trust: Trust): Distrust | undefined => {
  if (typeof activity.conversation?.id !== 'string' || typeof activity.type !== 'string') return 'shape';
  if (activity.channelId !== 'msteams') return 'channel';
  if (!isTrustedServiceUrl(activity.serviceUrl, trust)) return 'service-url';
  if (tenantOf(activity)?.toLowerCase() !== trust.tenantId.toLowerCase()) return 'tenant';
  const knowsPerson = typeof activity.from?.aadObjectId === 'string' && activity.from.aadObjectId !== '';
  if (!knowsPerson && (activity.type === 'message' || activity.type === 'invoke')) return 'person';
  return undefined;
};

const tenantOf = (activity: Activity): string | undefined => {
  const said: unknown = activity.conversation.tenantId ?? activity.channelData?.tenant?.id;
  return typeof said === 'string' ? said : undefined;
};

const isTrustedServiceUrl = (serviceUrl: unknown, trust: Trust): boolean => {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return false;
  const { protocol, hostname } = new URL(serviceUrl);
  if (trust.loopbackOnly) return isLoopback(hostname);
  return (
    protocol === 'https:' && connectorHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
