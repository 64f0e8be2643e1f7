import type { Service } from './fault.ts';

const path = /\/(ClientWebService|SimpleAuthWebService|ServerSyncWebService|[A-Za-z0-9]{1,40}WebService)\//i;
const services: Readonly<Record<string, Service>> = {
  clientwebservice: 'ClientWebService',
  simpleauthwebservice: 'SimpleAuthWebService',
  serversyncwebservice: 'ServerSyncWebService',
};
/** The upstream protocol's methods carry no service in their name (MS-WSUSSS 3.1.4). */
const upstreamMethod =
  /\/SoftwareDistribution\/(?:GetUpdateData|GetRevisionIdList|GetAuthConfig|GetConfigData|GetDeployments|GetCookie)$/i;

/** @returns the web service an actor's or a method's URL names, null when it names none. */
export function serviceOf(url: string | null): Service | null {
  if (url === null) return null;
  const found = path.exec(url)?.[1]?.toLowerCase();
  if (found !== undefined) return services[found] ?? 'other';
  // The server's own name of the class, beside an exception.
  if (url.startsWith('ClientImplementation.')) return 'ClientWebService';
  return upstreamMethod.test(url) ? 'ServerSyncWebService' : null;
}

/** Microsoft's own servers are no one's WSUS. */
export const isMicrosoft = (host: string): boolean => host.endsWith('.microsoft.com');

/** @returns the host of a URL, lower case, without port and brackets; null for something else than a URL. */
export function hostOf(url: string | null): string | null {
  const found = /^https?:\/\/(?:\[([0-9a-f:.]{2,45})\]|([^\s/:"'<>,]{1,253}))/i.exec(url ?? '');
  return (found?.[1] ?? found?.[2])?.toLowerCase() ?? null;
}
