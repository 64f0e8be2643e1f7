/** Where the files lie that people attach in Teams: the SharePoint of their tenant (OneDrive for Business is a part of it). */
const sharePoint = 'sharepoint.com';

/** Tells whether a file may be fetched from an address. */
export type MayFetch = (address: URL) => boolean;

/** HTTPS on its own port, no name and password in the address, and a host of a tenant's SharePoint. In Microsoft 365 and GCC. */
export const isInSharePoint: MayFetch = ({ protocol, port, username, password, hostname }) =>
  protocol === 'https:' &&
  port === '' &&
  username === '' &&
  password === '' &&
  isTenantHost(hostname, sharePoint);

/** One label before it: contoso.sharepoint.com, contoso-my.sharepoint.com. */
const isTenantHost = (hostname: string, under: string): boolean =>
  hostname.endsWith(`.${under}`) && /^[a-z0-9][a-z0-9-]{0,62}$/.test(hostname.slice(0, -under.length - 1));

/** For the demo, which speaks with this machine and nothing else. */
export const isOnThisMachine: MayFetch = ({ protocol, username, password, hostname }) =>
  (protocol === 'http:' || protocol === 'https:') &&
  username === '' &&
  password === '' &&
  (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname));

/** For a cloud in which Teams hands no files to bots. */
export const nowhere: MayFetch = () => false;
