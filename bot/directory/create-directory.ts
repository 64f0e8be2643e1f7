import type { Config } from '../config.ts';
import { type FetchToken, keepToken } from './access-tokens.ts';
import { clientCredentials } from './client-credentials.ts';
import { type Directory, emptyDirectory, groupIdsIn } from './directory.ts';
import { graphDirectory } from './graph-directory.ts';
import { identityEndpoint, managedIdentity } from './managed-identity.ts';

export interface DirectoryPlaces {
  /** Base address of the sign-in of Microsoft Entra. */
  readonly login: string;
  /** Base address of Microsoft Graph. */
  readonly graph: string;
}

/** Of the global cloud. */
const globalCloud: DirectoryPlaces = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
};

/**
 * The directory that a configuration needs: none when no policy names a group, else Microsoft Graph with the registration
 * of the bot. `env` is looked at for a managed identity alone.
 */
export const createDirectory = (
  config: Pick<Config, 'tenant' | 'bot' | 'servers' | 'policy'>,
  now: () => Date,
  env: Readonly<Record<string, string | undefined>>,
  places: DirectoryPlaces = globalCloud,
): Directory => {
  const policies = [config.policy, ...config.servers.map(({ policy }) => policy)];
  if (groupIdsIn(policies).length === 0) return emptyDirectory;
  const fetchToken = tokenSource(config, now, env, places);
  if (fetchToken === undefined) return emptyDirectory;
  return graphDirectory({ graph: places.graph, tokens: keepToken(fetchToken, now), now });
};

const tokenSource = (
  { tenant, bot }: Pick<Config, 'tenant' | 'bot'>,
  now: () => Date,
  env: Readonly<Record<string, string | undefined>>,
  { login, graph }: DirectoryPlaces,
): FetchToken | undefined => {
  if (bot.appId === undefined) return undefined;
  if (bot.type === 'UserAssignedMsi') return managedIdentity(identityEndpoint(env), bot.appId, graph);
  if (tenant === undefined || bot.password === undefined) return undefined;
  return clientCredentials({
    login,
    tenantId: tenant,
    appId: bot.appId,
    secret: bot.password,
    resource: graph,
    now,
  });
};
