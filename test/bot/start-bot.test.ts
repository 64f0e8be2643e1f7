import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Config } from '../../bot/config.ts';
import { demoConfig, demoTenantId } from '../../bot/demo-config.ts';
import { createLog, type Log } from '../../bot/log.ts';
import { type BotOptions, startBot } from '../../bot/start-bot.ts';
import { openDatabase } from '../../bot/store/open-database.ts';
import { findChange } from '../../bot/store/read-change.ts';
import { sqliteFile } from '../../bot/store/store-config.ts';
import { approved, newPlan, proposed } from './store/sample-store.ts';

const storeIn = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.sqlite');
};

/** Where nothing listens: the connection is refused at once. */
const target = {
  name: 'wsus01',
  host: '127.0.0.1',
  port: 1,
  endpoint: 'WsusBot',
  account: { domain: '', user: 'svc', password: 'swordfish' },
};

const configFor = (store: string, listen: Partial<Config['bot']['listen']> = {}): Config => {
  const config = demoConfig([{ name: 'wsus01', target }], dirname(store), 0);
  return {
    ...config,
    store: sqliteFile(store),
    bot: { ...config.bot, listen: { ...config.bot.listen, ...listen } },
  };
};

const optionsFor = (config: Config, overrides: Partial<BotOptions> = {}): BotOptions => ({
  config,
  trust: { tenantId: demoTenantId, loopbackOnly: true },
  credentials: undefined,
  log: createLog('silent'),
  cardRest: 0,
  ...overrides,
});

for (const host of ['0.0.0.0', '::', '10.0.0.1', 'example.com', '127.0.0.1.example.com', '']) {
  test(`without credentials a bot does not listen on "${host}", and opens nothing`, async (t) => {
    const store = storeIn(t);
    await assert.rejects(startBot(optionsFor(configFor(store, { host }))), /loopback only/);
    assert.equal(existsSync(store), false);
  });
}

test('with credentials a request that is not signed is refused', async (t) => {
  const credentials = {
    appId: '11111111-2222-4333-8444-555555555555',
    tokens: { get: async () => 'swordfish', forget: () => undefined },
  };
  const bot = await startBot(optionsFor(configFor(storeIn(t)), { credentials }));
  t.after(() => bot.close());
  const response = await fetch(`http://127.0.0.1:${bot.port}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'message', text: 'check wsus01' }),
  });
  assert.equal(response.status, 401);
  assert.equal(await response.text(), '');
});

test('a bot that started is ready, and after it closed its port is free', async (t) => {
  const bot = await startBot(optionsFor(configFor(storeIn(t))));
  assert.equal((await fetch(`http://127.0.0.1:${bot.port}/readyz`)).status, 200);
  await bot.close();
  const server = createServer().listen(bot.port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

test('a bot that cannot listen says so and leaves nothing running', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const address = other.address();
  assert.ok(address !== null && typeof address === 'object');
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  await assert.rejects(startBot(optionsFor(configFor(storeIn(t), { port: address.port }))), {
    code: 'EADDRINUSE',
  });
  assert.equal(timers(), before);
});

test('a bot that starts takes up what was approved and lets expire what is due', async (t) => {
  const store = storeIn(t);
  const database = await openDatabase(sqliteFile(store));
  t.after(() => database.destroy());
  const due = await proposed(database, { ...newPlan('wsus02'), expiresAt: '2020-01-01T00:00:00.000Z' });
  const id = await approved(database);
  const bot = await startBot(optionsFor(configFor(store)));
  await bot.close();
  const change = await findChange(database, id);
  assert.equal(change?.state, 'failed', 'its approver is not in this configuration');
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal((await findChange(database, due))?.state, 'expired');
});

test('the log of a bot names what it does, without a password', async (t) => {
  const lines: string[] = [];
  const log: Log = {
    event: (name, facts) => lines.push(JSON.stringify([name, facts])),
    trouble: (doing, error) => lines.push(JSON.stringify([doing, String(error)])),
  };
  const bot = await startBot(optionsFor(configFor(storeIn(t)), { log }));
  await bot.close();
  assert.match(lines.join('\n'), /listening/);
  assert.doesNotMatch(lines.join('\n'), /swordfish/);
});
