import { once } from 'node:events';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { keepToken } from './registration/access-tokens.ts';
import { clouds } from './registration/cloud.ts';
import { connectorTokenSource } from './registration/token-source.ts';
import { hearsPeople } from './role.ts';
import { type BotOptions, startBot } from './start-bot.ts';

/** Runs the bot until it is told to stop (SIGTERM, SIGINT). The caller made sure that nothing it needs is missing. */
export const serve = async (config: Config): Promise<void> => {
  const bot = await startBot({ config, ...registrationOf(config), log: createLog() });
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await bot.close();
};

const registrationOf = (config: Config): Pick<BotOptions, 'trust' | 'credentials'> => {
  const { role, tenant, bot } = config;
  if (!hearsPeople(role)) return { trust: undefined, credentials: undefined };
  const cloud = clouds[config.cloud];
  const now = () => new Date();
  const fetchToken = connectorTokenSource(config, cloud, { now, env: process.env });
  if (bot.appId === undefined || bot.appId === '' || tenant === undefined || fetchToken === undefined) {
    // With an empty app id the Bot Framework would accept every request.
    throw new Error('starting the bot: app id, tenant, and a secret or certificate are needed');
  }
  return {
    trust: { tenantId: tenant, otherTenantIds: bot.otherTenants, cloud, loopbackOnly: false },
    credentials: { appId: bot.appId, tokens: keepToken(fetchToken, now) },
  };
};
