/** A bot in a process of its own, behind real authentication. Tells its parent its port, its memory and whom it spoke to. */
import { subscribe } from 'node:diagnostics_channel';
import { demoConfig, demoTenantId } from '../../../../bot/demo-config.ts';
import { createLog } from '../../../../bot/log.ts';
import { clouds } from '../../../../bot/registration/cloud.ts';
import { startBot } from '../../../../bot/start-bot.ts';
import { quickSettings } from '../../../kit/bot-under-test.ts';
import type { FuzzBotOptions } from './start-fuzz-bot.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as FuzzBotOptions;
const unlimited = { within: 1, most: 1_000 };
const spokenTo = new Set<string>();
subscribe('http.client.request.start', (message) => {
  const { request } = message as { readonly request: { getHeader(name: string): unknown } };
  spokenTo.add(String(request.getHeader('host')));
});
subscribe('undici:request:create', (message) => {
  const { request } = message as { readonly request: { readonly origin: unknown } };
  spokenTo.add(new URL(String(request.origin)).host);
});

const bot = await startBot({
  config: demoConfig(options.servers, options.folder, 0),
  trust: {
    tenantId: demoTenantId,
    loopbackOnly: true,
    cloud: { ...clouds.Public, openIdMetadata: options.openIdMetadata },
  },
  credentials: {
    appId: options.appId,
    tokens: { get: async () => 'token-of-the-bot', forget: () => undefined },
  },
  log: createLog('info'),
  runSettings: quickSettings,
  cardRest: 0,
  // As slowly as Teams takes it, the answers would need hours; `crowd.long.ts` holds the rate.
  sendLimits: { perConversation: [unlimited], perTenant: [unlimited] },
  download: { mayFetch: (url) => url.href === options.fileUrl },
});

const tell = (message: object): void => void process.send?.(message);
process.on('message', async (asked) => {
  if (asked === 'memory') {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    tell({ rss, heapUsed, spokenTo: [...spokenTo] });
  } else {
    await bot.close();
    process.disconnect?.();
  }
});
tell({ port: bot.port });
