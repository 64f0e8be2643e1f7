import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Change } from '../../bot/changes/change.ts';
import { demoConfig, demoTenantId } from '../../bot/demo-config.ts';
import { createLog } from '../../bot/log.ts';
import type { Role } from '../../bot/role.ts';
import { type BotOptions, startBot } from '../../bot/start-bot.ts';
import { type Database, openDatabase } from '../../bot/store/open-database.ts';
import { findChange } from '../../bot/store/read-change.ts';
import { type StoreConfig, sqliteFile } from '../../bot/store/store-config.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import {
  type StartedPracticeServer,
  startPracticeServers,
} from '../../remote/practice/start-practice-servers.ts';
import type { WinrmTarget } from '../../remote/wsus-server.ts';
import { type BotProcess, type BotProcessOptions, quickSettings, startBotProcess } from './bot-under-test.ts';
import { type ChatPerson, type ChatPersonOptions, chatPerson } from './chat-person.ts';
import { type FakeConnector, type ShownMessage, startFakeConnector } from './fake-connector.ts';
import { type MessageWatch, watchMessages } from './watch-messages.ts';

/** Practice servers, a store on disk, a chat and one or more bot processes: all that the main job needs. */
export interface MainJob {
  readonly server: StartedPracticeServer;
  /** What the practice server gets. */
  readonly messages: MessageWatch;
  readonly connector: FakeConnector;
  readonly database: Database;
  /** A bot in this process: quick to start. */
  startBot(options?: StartOptions): Promise<StartedBot>;
  /** A bot in a process of its own: it can be killed. */
  startBotProcess(options?: Partial<BotProcessOptions>): Promise<BotProcess>;
  person(bot: { readonly endpoint: string }, options?: Partial<ChatPersonOptions>): ChatPerson;
  /** The newest change in the store. */
  newestChange(): Promise<Change>;
  webConfig(): Buffer;
}

/** How one bot of several differs from the others. */
export interface StartOptions extends Partial<Omit<BotOptions, 'config'>> {
  readonly role?: Role;
  /** Another server in the place of the practice server: one that nobody answers at. */
  readonly target?: WinrmTarget;
}

export interface StartedBot {
  readonly endpoint: string;
  /** As SIGTERM does. */
  close(): Promise<void>;
}

export interface MainJobOptions {
  /** Which practice server. */
  readonly name?: string;
  readonly restartMilliseconds?: number;
  /** A file of its own when none is named. */
  readonly store?: StoreConfig;
}

/** Sets everything up and takes it down when the test ends. */
export const startMainJob = async (test: TestContext, options: MainJobOptions = {}): Promise<MainJob> => {
  const name = options.name ?? 'wsus01';
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-test-'));
  const messages = watchMessages();
  const practice = await startPracticeServers({
    root: folder,
    onMessage: messages.onMessage,
    restartMilliseconds: options.restartMilliseconds ?? 0,
    specs: practiceServers.filter((spec) => spec.name === name),
  });
  const connector = await startFakeConnector();
  const store = options.store ?? sqliteFile(join(folder, 'store.sqlite'));
  const database = await openDatabase(store);
  const processes: BotProcess[] = [];
  const closing: (() => Promise<void>)[] = [];
  test.after(async () => {
    await Promise.all(processes.map((bot) => bot.kill()));
    await Promise.all(closing.map((close) => close()));
    await database.destroy();
    await connector.close();
    await practice.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const server = practice.server(name);
  return {
    server,
    messages,
    connector,
    database,
    startBot: async ({ role = 'all', target = server.target, ...extra } = {}) => {
      const bot = await startBot({
        config: { ...demoConfig([{ name, target }], folder, 0), store, role },
        trust: { tenantId: demoTenantId, loopbackOnly: true },
        credentials: undefined,
        log: createLog('silent'),
        runSettings: quickSettings,
        cardRest: 0,
        sweepEvery: 200,
        ...extra,
      });
      let closed: Promise<void> | undefined;
      const close = () => {
        closed ??= bot.close();
        return closed;
      };
      closing.push(close);
      return { endpoint: `http://127.0.0.1:${bot.port}/api/messages`, close };
    },
    startBotProcess: async (extra = {}) => {
      const bot = await startBotProcess({ servers: [server], store, folder, ...extra });
      processes.push(bot);
      return bot;
    },
    person: (bot, extra = {}) => chatPerson({ endpoint: bot.endpoint, connector, ...extra }),
    newestChange: async () => {
      const row = await database
        .selectFrom('changes')
        .select('id')
        .orderBy('number', 'desc')
        .executeTakeFirst();
      const change = row === undefined ? undefined : await findChange(database, row.id);
      assert.ok(change !== undefined, 'there is a change in the store');
      return change;
    },
    webConfig: () => readFileSync(server.webConfig),
  };
};

/** What a card begins with, from the summary: the state word. */
export const says =
  (start: RegExp) =>
  (message: ShownMessage): boolean =>
    start.test(String(message.activity.summary ?? ''));

/** Asks for a check and waits for the card that proposes the change. */
export const proposal = async (job: MainJob, person: ChatPerson): Promise<ShownMessage> => {
  await person.say(`check ${job.server.name}`);
  return job.connector.until(
    (message) => message.conversationId === person.conversationId && says(/^Needs approval/)(message),
    'the proposal',
  );
};

/** Any end of a change, whatever it is. */
export const ended = says(/^(Done|Rolled back|Failed|State unknown|Stale|Written|Raised)/);
