import { once } from 'node:events';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { startBot } from './start-bot.ts';

/** Runs the bot until it is told to stop (SIGTERM, SIGINT). The caller made sure that nothing it needs is missing. */
export const serve = async (config: Config): Promise<void> => {
  const { appId, password, type } = config.bot;
  if (appId === undefined || appId === '' || config.tenant === undefined) {
    // With an empty app id the Bot Framework would accept every request.
    throw new Error('starting the bot: app id and tenant are needed');
  }
  const bot = await startBot({
    config,
    trust: { tenantId: config.tenant, loopbackOnly: false },
    credentials: { appId, password: password?.reveal() ?? '', type },
    log: createLog(),
  });
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await bot.close();
};
