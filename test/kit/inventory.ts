import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Policy } from '../../bot/changes/policy.ts';
import type { Config } from '../../bot/config.ts';
import { demoConfig, demoTenantId } from '../../bot/demo-config.ts';
import { createLog } from '../../bot/log.ts';
import { type BotOptions, startBot } from '../../bot/start-bot.ts';
import { type PracticeServerSpec, practiceServers } from '../../remote/practice/practice-servers.ts';
import { type PracticeServers, startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { quickSettings } from './bot-under-test.ts';
import { type ChatPerson, type ChatPersonOptions, chatPerson } from './chat-person.ts';
import { type FakeConnector, startFakeConnector } from './fake-connector.ts';

/** A bot in this process, and practice servers behind it. */
export interface InventoryUnderTest {
  readonly practice: PracticeServers;
  readonly connector: FakeConnector;
  readonly endpoint: string;
  person(options?: Partial<ChatPersonOptions>): ChatPerson;
}

export interface InventoryOptions {
  /** Names of practice servers; all seven unless given. */
  readonly names?: readonly string[];
  /** Others in their place. */
  readonly specs?: readonly PracticeServerSpec[];
  /** Of every server, and in general. */
  readonly policy?: Partial<Policy>;
  /** How files are fetched that people send. */
  readonly download?: BotOptions['download'];
}

export const startInventory = async (
  test: TestContext,
  { names, specs, policy = {}, download }: InventoryOptions = {},
): Promise<InventoryUnderTest> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-inventory-'));
  const practice = await startPracticeServers({
    root: folder,
    specs: specs ?? practiceServers.filter(({ name }) => names === undefined || names.includes(name)),
  });
  const connector = await startFakeConnector();
  const bot = await startBot({
    config: withPolicy(demoConfig(practice.servers, folder, 0), policy),
    trust: { tenantId: demoTenantId, loopbackOnly: true },
    credentials: undefined,
    log: createLog('silent'),
    runSettings: quickSettings,
    ...(download === undefined ? {} : { download }),
    cardRest: 0,
    sweepEvery: 200,
  });
  test.after(async () => {
    await bot.close();
    await connector.close();
    await practice.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const endpoint = `http://127.0.0.1:${bot.port}/api/messages`;
  return {
    practice,
    connector,
    endpoint,
    person: (options = {}) => chatPerson({ endpoint, connector, ...options }),
  };
};

const withPolicy = (config: Config, changed: Partial<Policy>): Config => ({
  ...config,
  policy: { ...config.policy, ...changed },
  servers: config.servers.map((server) => ({ ...server, policy: { ...server.policy, ...changed } })),
});
