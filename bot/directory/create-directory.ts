import type { Config } from '../config.ts';
import { keepToken } from '../registration/access-tokens.ts';
import { type Cloud, clouds } from '../registration/cloud.ts';
import { tokenSource } from '../registration/token-source.ts';
import { type Directory, emptyDirectory, groupIdsIn } from './directory.ts';
import { graphDirectory } from './graph-directory.ts';

/**
 * The directory that a configuration needs: none when no policy names a group, else Microsoft Graph with the registration
 * of the bot. `env` is looked at for a managed identity alone.
 */
export const createDirectory = (
  config: Pick<Config, 'cloud' | 'tenant' | 'bot' | 'servers' | 'policy'>,
  now: () => Date,
  env: Readonly<Record<string, string | undefined>>,
  { login, graph }: Pick<Cloud, 'login' | 'graph'> = clouds[config.cloud],
): Directory => {
  const policies = [config.policy, ...config.servers.map(({ policy }) => policy)];
  if (groupIdsIn(policies).length === 0) return emptyDirectory;
  const of = { tenantId: config.tenant, resource: graph };
  const fetchToken = tokenSource(config.bot, { login }, of, { now, env });
  if (fetchToken === undefined) return emptyDirectory;
  return graphDirectory({ graph, tokens: keepToken(fetchToken, now), now });
};
