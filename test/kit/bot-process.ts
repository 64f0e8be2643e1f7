import { once } from 'node:events';
import { demoConfig, demoTenantId } from '../../bot/demo-config.ts';
import { createLog } from '../../bot/log.ts';
import { startBot } from '../../bot/start-bot.ts';
import type { BotProcessOptions } from './bot-under-test.ts';

/** One bot in a process of its own, so that a test can kill it. Prints its port when it is ready. */
const options = JSON.parse(process.argv[2] ?? '{}') as BotProcessOptions;
const bot = await startBot({
  config: {
    ...demoConfig(options.servers, options.folder, 0),
    store: options.store,
    role: options.role ?? 'all',
  },
  trust: { tenantId: demoTenantId, loopbackOnly: true },
  credentials: undefined,
  log: createLog('silent'),
  runSettings: options.runSettings,
  leaseFor: options.leaseFor,
  cardRest: 0,
  sweepEvery: options.sweepEvery ?? 100,
  ...(options.stopWithin === undefined ? {} : { stopWithin: options.stopWithin }),
});
process.stdout.write(`${bot.port}\n`);
await once(process, 'SIGTERM');
await bot.close();
process.exit(0);
