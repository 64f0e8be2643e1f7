import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { WsusServer } from '../remote/wsus-server.ts';
import { type RunningAudit, startAudit } from './audit/start-audit.ts';
import { freezeState } from './changes/freeze-state.ts';
import { defaultRunSettings, type RunSettings, type Runtime } from './changes/runtime.ts';
import type { Config } from './config.ts';
import { createDirectory } from './directory/create-directory.ts';
import { startHttp } from './http.ts';
import type { Log } from './log.ts';
import { pauseUnless } from './pause-unless.ts';
import { ownerName, processHome } from './process-owner.ts';
import { repeat } from './repeat.ts';
import { readThroughStore } from './replicas/read-through-store.ts';
import { hearsPeople, reachesServers } from './role.ts';
import { type Front, type FrontOptions, startFront } from './start-front.ts';
import { connectServers, type RunningWorker, startWorker } from './start-worker.ts';
import { checkStore } from './store/migrate.ts';
import { type Database, openDatabase } from './store/open-database.ts';
import { createStoreClock, type LocalClocks, type StoreClock } from './store/store-clock.ts';
import { sweepStore } from './store/sweep-store.ts';
import type { TeamsBotOptions } from './teams/teams-bot.ts';

export interface BotOptions {
  readonly config: Config;
  /** Undefined only where the role is worker. */
  readonly trust: TeamsBotOptions['trust'] | undefined;
  readonly credentials: TeamsBotOptions['credentials'];
  readonly log: Log;
  readonly runSettings?: Partial<RunSettings>;
  /** How long a lease holds without being renewed, milliseconds. */
  readonly leaseFor?: number;
  /** At most one edit of a card in this time, milliseconds: Teams allows a conversation few more. */
  readonly cardRest?: number;
  /** How files are fetched that people send, where it is not as usual. */
  readonly download?: FrontOptions['download'];
  /** How fast is sent, where the chat is not Teams. */
  readonly sendLimits?: FrontOptions['sendLimits'];
  /** How often abandoned changes are taken up and old plans expire, milliseconds. */
  readonly sweepEvery?: number;
  /** How often this process looks for what others have approved or moved on, milliseconds. */
  readonly lookEvery?: number;
  /** How long a stop waits for running changes before they are handed over, milliseconds. */
  readonly stopWithin?: number;
  /** Names this replica among all that share the store, where several are in one process. */
  readonly owner?: string;
  /** Clocks of this machine. */
  readonly clocks?: LocalClocks;
}

export interface RunningBot {
  readonly port: number;
  /** Takes no more requests, lets running changes end or hands them over, closes connections and store. */
  close(): Promise<void>;
}

/** Puts a replica together and starts it: store, worker, chat, web server, as far as its role has them. Needs no network to start. */
export const startBot = async (options: BotOptions): Promise<RunningBot> => {
  const { config, credentials } = options;
  if (hearsPeople(config.role) && credentials === undefined && config.bot.listen.host !== '127.0.0.1') {
    throw new Error('starting the bot: without credentials it listens on loopback only');
  }
  const connected = reachesServers(config.role) ? connectServers(config, options.log) : undefined;
  const database = await openDatabase(config.store);
  let audit: RunningAudit | undefined;
  try {
    const clock = await createStoreClock(database, options.clocks ?? clocksHere);
    audit = await startAudit({
      database,
      config: config.audit,
      now: clock.now,
      random: Math.random,
      fetch,
      pause: pauseUnless,
      onTrouble: (doing, error) => options.log.trouble(doing, error),
    });
    return await assemble(options, database, clock, audit, connected);
  } catch (error) {
    await audit?.close();
    await database.destroy();
    throw error;
  }
};

const clocksHere: LocalClocks = { now: () => new Date(), monotonic: () => performance.now() };

const assemble = async (
  options: BotOptions,
  database: Database,
  clock: StoreClock,
  audit: RunningAudit,
  connected: ReadonlyMap<string, WsusServer> | undefined,
): Promise<RunningBot> => {
  const { config, log, trust } = options;
  const owner = options.owner ?? ownerName(processHome(hostname()), process.pid, randomUUID());
  const onTrouble = (doing: string, error: unknown) => log.trouble(doing, error);
  const runtime: Runtime = {
    now: clock.now,
    pause: (milliseconds) => pause(milliseconds),
    settings: { ...defaultRunSettings, ...options.runSettings },
  };
  const directory = createDirectory(config, runtime.now, process.env);
  const shared = {
    config,
    database,
    runtime,
    directory,
    freezeState: () => freezeState(database, config.freezeFile),
    onTrouble,
  };
  const servers = connected ?? serversThroughStore(config, database, runtime);
  const parts: { front?: Front; worker?: RunningWorker } = {};
  if (hearsPeople(config.role)) {
    if (trust === undefined) throw new Error('starting the bot: who is trusted is not known');
    parts.front = startFront({
      ...shared,
      owner,
      monotonic: (options.clocks ?? clocksHere).monotonic,
      trust,
      credentials: options.credentials,
      auditChain: () => audit.check.state(),
      server: (name) => servers.get(name),
      startChange: (id) => parts.worker?.start(id),
      cardRest: options.cardRest ?? 2_000,
      ...(options.download === undefined ? {} : { download: options.download }),
      ...(options.sendLimits === undefined ? {} : { sendLimits: options.sendLimits }),
    });
  }
  const { front } = parts;
  // Before the first message: the others are to know of it.
  await front?.shareLimits().catch((error: unknown) => onTrouble('sharing what Teams takes', error));
  const http = await startHttp(
    front?.messages,
    async () => {
      await checkStore(database);
      return true;
    },
    config.bot.listen,
  );
  if (connected !== undefined) {
    parts.worker = startWorker({
      ...shared,
      owner,
      leaseFor: options.leaseFor ?? 30_000,
      servers: connected,
      onMoved: (id) => front?.moved(id),
      onEnded: () => goOn(),
    });
  }
  const { worker } = parts;
  const sweep = async (): Promise<void> => {
    warnOfClock(log, await clock.compare());
    await sweepStore(database, runtime.now, shared.freezeState);
    front?.forgetOldTexts();
    await front?.shareLimits();
    await look();
  };
  const look = async (): Promise<void> => {
    await worker?.takeUp();
    await front?.heedStops();
    await front?.lookForCardsBehind();
  };
  let isClosing = false;
  let going = Promise.resolve();
  /** The next one of a batch does not wait for the next sweep. */
  const goOn = (): void => {
    if (!isClosing) going = sweep().catch(onSweepTrouble);
  };
  const sweepEvery = options.sweepEvery ?? 5_000;
  const lookEvery = options.lookEvery ?? Math.min(1_000, sweepEvery);
  const onSweepTrouble = (error: unknown) => onTrouble('taking up abandoned changes', error);
  await sweep().catch(onSweepTrouble);
  const sweeping = repeat(sweep, sweepEvery, onSweepTrouble);
  // The next sweep says what is wrong with the store: once in a while is enough.
  const looking = repeat(look, lookEvery, () => undefined);
  const announcing = repeat(
    async () => front?.announce(),
    lookEvery,
    (error) => onTrouble('announcing changes', error),
  );
  const { host } = config.bot.listen;
  log.event('listening', { host, port: http.port, role: config.role, servers: config.servers.length });
  return {
    port: http.port,
    close: async () => {
      isClosing = true;
      await Promise.all([sweeping.end(), looking.end(), announcing.end(), http.close(), going]);
      await Promise.all([front?.endTurns(), worker?.stop(options.stopWithin ?? 4 * 60_000)]);
      // The last of them are those of the changes that ended just now.
      await front?.endCards();
      await audit.close();
      await database.destroy();
    },
  };
};

const serversThroughStore = (
  config: Config,
  database: Database,
  { now, pause }: Runtime,
): ReadonlyMap<string, WsusServer> =>
  new Map(
    config.servers.map(({ name }) => [
      name,
      readThroughStore(name, { database, now, pause, randomId: randomUUID }),
    ]),
  );

/** Two clocks never agree in full, milliseconds. */
const clockTolerance = 30_000;

const warnOfClock = (log: Log, ahead: number): void => {
  if (Math.abs(ahead) < clockTolerance) return;
  log.event('the clock of this machine is not that of the store, which counts', {
    aheadSeconds: Math.round(ahead / 1_000),
  });
};
