import { once } from 'node:events';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { hearsPeople } from './role.ts';
import { type BotOptions, startBot } from './start-bot.ts';

/** Runs the bot until it is told to stop (SIGTERM, SIGINT). The caller made sure that nothing it needs is missing. */
export const serve = async (config: Config): Promise<void> => {
  const bot = await startBot({ config, ...registrationOf(config), log: createLog() });
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await bot.close();
};

const registrationOf = ({ role, tenant, bot }: Config): Pick<BotOptions, 'trust' | 'credentials'> => {
  if (!hearsPeople(role)) return { trust: undefined, credentials: undefined };
  const { appId, password, type } = bot;
  if (appId === undefined || appId === '' || tenant === undefined) {
    // With an empty app id the Bot Framework would accept every request.
    throw new Error('starting the bot: app id and tenant are needed');
  }
  return {
    trust: { tenantId: tenant, loopbackOnly: false },
    credentials: { appId, password: password?.reveal() ?? '', type },
  };
};
