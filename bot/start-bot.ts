import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { connectWsusServer } from '../remote/connect-wsus-server.ts';
import type { WsusServer } from '../remote/wsus-server.ts';
import { startAudit } from './audit/start-audit.ts';
import { freezeState } from './changes/freeze-state.ts';
import { defaultRunSettings, type RunSettings, type Runtime } from './changes/runtime.ts';
import { whyNotToStart } from './changes/why-not-to-start.ts';
import { createWorker } from './changes/worker.ts';
import type { Config } from './config.ts';
import { answer } from './conversation/answer.ts';
import { answerWithoutStore } from './conversation/answer-without-store.ts';
import { coalesce } from './conversation/coalesce.ts';
import { type Desk, serverNamed } from './conversation/desk.ts';
import { membershipOf } from './conversation/rights.ts';
import { showChange } from './conversation/show-change.ts';
import { createDirectory } from './directory/create-directory.ts';
import { startHttp } from './http.ts';
import type { Log } from './log.ts';
import { isGoneOwner, ownerName } from './process-owner.ts';
import { serverTarget } from './server-target.ts';
import { checkStore } from './store/migrate.ts';
import { openDatabase } from './store/open-database.ts';
import { expireDue, releaseDue } from './store/queue.ts';
import { createTeamsBot, type TeamsBotOptions } from './teams/teams-bot.ts';

export interface BotOptions {
  readonly config: Config;
  readonly trust: TeamsBotOptions['trust'];
  readonly credentials: TeamsBotOptions['credentials'];
  readonly log: Log;
  readonly runSettings?: Partial<RunSettings>;
  /** How long a lease holds without being renewed, milliseconds. */
  readonly leaseFor?: number;
  /** At most one edit of a card in this time, milliseconds: Teams allows a conversation few more. */
  readonly cardRest?: number;
  /** How often abandoned changes are taken up and old plans expire, milliseconds. */
  readonly sweepEvery?: number;
}

export interface RunningBot {
  readonly port: number;
  /** Takes no more requests, lets running changes end, closes connections and store. */
  close(): Promise<void>;
}

/** Puts the bot together and starts it: store, servers, worker, chat, web server. Needs no network to start. */
export const startBot = async (options: BotOptions): Promise<RunningBot> => {
  const { config, log } = options;
  if (options.credentials === undefined && config.bot.listen.host !== '127.0.0.1') {
    throw new Error('starting the bot: without credentials it listens on loopback only');
  }
  const servers = connectServers(config);
  const database = await openDatabase(config.store);
  const onTrouble = (doing: string, error: unknown) => log.trouble(doing, error);
  const audit = await startAudit({
    database,
    config: config.audit,
    now: () => new Date(),
    random: Math.random,
    fetch,
    pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
    onTrouble,
  }).catch(async (error: unknown) => {
    await database.destroy();
    throw error;
  });
  const bot = createTeamsBot({ trust: options.trust, credentials: options.credentials, onTrouble });
  const runtime: Runtime = {
    now: () => new Date(),
    pause: (milliseconds) => pause(milliseconds),
    settings: { ...defaultRunSettings, ...options.runSettings },
  };
  const shown = coalesce(
    (id) => showChange(desk, id),
    runtime.pause,
    options.cardRest ?? 2_000,
    (id, error) => onTrouble(`showing change ${id}`, error),
  );
  const directory = createDirectory(config, runtime.now, process.env);
  const owner = ownerName(hostname(), process.pid, randomUUID());
  const worker = createWorker({
    database,
    runtime,
    owner,
    isGone: (other) => isGoneOwner(other, owner),
    leaseFor: options.leaseFor ?? 30_000,
    server: (name) => servers.get(name),
    whyNotToStart: (change) =>
      whyNotToStart(
        {
          now: runtime.now,
          policyOf: (name) => serverNamed(desk, name)?.policy,
          freezeState: desk.freezeState,
          membershipOf: (policy, personId) => membershipOf(directory, policy, personId, 'now'),
        },
        change,
      ),
    onMoved: (id) => shown.ask(id),
    onEnded: () => goOn(),
    onTrouble: (id, error) => onTrouble(`running change ${id}`, error),
  });
  const desk: Desk = {
    config,
    database,
    chat: bot.chat,
    worker,
    directory,
    auditChain: () => audit.check.state(),
    freezeState: () => freezeState(database, config.freezeFile),
    server: (name) => servers.get(name),
    now: runtime.now,
    onMoved: (id) => shown.ask(id),
    readDeadline: runtime.settings.readDeadline,
    randomToken: () => randomBytes(16).toString('base64url'),
    randomId: randomUUID,
    onTrouble,
  };
  const release = async (): Promise<void> => {
    const mayStart = (await desk.freezeState()).kind === 'none';
    for (const id of await releaseDue(database, runtime.now(), mayStart)) shown.ask(id);
  };
  let isClosing = false;
  /** The next one of a batch does not wait for the next sweep. */
  const goOn = (): void => {
    if (!isClosing) void sweepSafely();
  };
  const sweep = async (): Promise<void> => {
    await release();
    await worker.takeUp();
    for (const id of await expireDue(database, runtime.now())) shown.ask(id);
  };
  const isReady = async () => {
    await checkStore(database);
    return true;
  };
  const http = await startHttp(
    bot,
    (inbound) => answerWithoutStore(inbound, (given) => answer(desk, runtime, given), onTrouble),
    isReady,
    config.bot.listen,
  ).catch(async (error: unknown) => {
    await audit.close();
    await database.destroy();
    throw error;
  });
  const sweepSafely = () =>
    sweep().catch((error: unknown) => onTrouble('taking up abandoned changes', error));
  await sweepSafely();
  const sweeping = setInterval(sweepSafely, options.sweepEvery ?? 5_000);
  log.event('listening', { host: config.bot.listen.host, port: http.port, servers: config.servers.length });
  return {
    port: http.port,
    close: async () => {
      isClosing = true;
      clearInterval(sweeping);
      await http.close();
      await bot.drain();
      await worker.drain();
      await shown.drain();
      await audit.close();
      await Promise.all([...servers.values()].map((server) => server.close()));
      await database.destroy();
    },
  };
};

/** The inventory's servers. Throws a ConfigError when no password is known for an account. */
const connectServers = (config: Config): Map<string, WsusServer> =>
  new Map(config.servers.map((server) => [server.name, connectWsusServer(serverTarget(server))]));
