import type { Config } from '../config.ts';
import type { FetchToken } from './access-tokens.ts';
import { clientCredentials } from './client-credentials.ts';
import type { Cloud } from './cloud.ts';
import { identityEndpoint, managedIdentity } from './managed-identity.ts';

/** What is looked at of the surroundings: the clock, and for a managed identity what its host says in the environment. */
export interface SignInSurroundings {
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Fetches tokens of the bot itself by what its registration has: a secret, a certificate, or a managed identity. Undefined:
 * the configuration names nothing to sign in with.
 * @param of The tenant that gives the token, and what the token is for: "https://graph.microsoft.com".
 */
export const tokenSource = (
  bot: Config['bot'],
  { login }: Pick<Cloud, 'login'>,
  { tenantId, resource }: { readonly tenantId: string | undefined; readonly resource: string },
  { now, env }: SignInSurroundings,
): FetchToken | undefined => {
  if (bot.appId === undefined) return undefined;
  if (bot.type === 'UserAssignedMsi') return managedIdentity(identityEndpoint(env), bot.appId, resource);
  const proof = bot.certificate ?? bot.password;
  if (tenantId === undefined || proof === undefined) return undefined;
  return clientCredentials({ login, tenantId, appId: bot.appId, proof, resource, now });
};

/** For the Bot Connector service: what the bot sends to Teams with. */
export const connectorTokenSource = (
  { tenant, bot }: Pick<Config, 'tenant' | 'bot'>,
  cloud: Cloud,
  surroundings: SignInSurroundings,
): FetchToken | undefined => {
  const tenantId = bot.type === 'MultiTenant' ? cloud.botTenant : tenant;
  return tokenSource(bot, cloud, { tenantId, resource: cloud.channel }, surroundings);
};
