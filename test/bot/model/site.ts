import type { PluginTransformQueryArgs, RootOperationNode } from 'kysely';
import type { Change } from '../../../bot/changes/change.ts';
import type { FreezeState } from '../../../bot/changes/freeze-state.ts';
import type { Person } from '../../../bot/changes/person.ts';
import type { Place, PostedCard } from '../../../bot/changes/place.ts';
import type { Runtime } from '../../../bot/changes/runtime.ts';
import { whyNotToStart } from '../../../bot/changes/why-not-to-start.ts';
import { createWorker, type Worker } from '../../../bot/changes/worker.ts';
import { answer } from '../../../bot/conversation/answer.ts';
import { answerWithoutStore } from '../../../bot/conversation/answer-without-store.ts';
import type { Inbound, Reply } from '../../../bot/conversation/chat.ts';
import { type Desk, serverNamed } from '../../../bot/conversation/desk.ts';
import { membershipOf } from '../../../bot/conversation/rights.ts';
import { showChange } from '../../../bot/conversation/show-change.ts';
import { changesBehind } from '../../../bot/store/card-claim.ts';
import { currentFreeze } from '../../../bot/store/freezes.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { StoreError } from '../../../bot/store/store-error.ts';
import { sweepStore } from '../../../bot/store/sweep-store.ts';
import type { Card } from '../../../cards/card.ts';
import { modelDesk } from './model-desk.ts';
import { type ActingCall, type Caller, createModelServer, type ModelServer } from './model-server.ts';
import type { PolicyName } from './people.ts';

export const serverNames = ['wsus01', 'wsus02'] as const;
export type ServerName = (typeof serverNames)[number];

/** A card as somebody sees or saw it: every version stays there to be pressed. */
export interface SeenCard {
  readonly where: Place;
  readonly messageId: string;
  readonly card: Card;
}

export interface Message {
  readonly posted: PostedCard;
  card: Card;
}

/** All that there is beside the code: time, people's rules, servers, chat, store, and the bots at work on it. */
export interface Site {
  readonly database: Database;
  readonly time: { now: Date };
  policy: PolicyName;
  frozenByFile: boolean;
  readonly inGroup: Set<string>;
  directoryIsUnread: boolean;
  readonly servers: ReadonlyMap<string, ModelServer>;
  readonly bots: Bot[];
  readonly messages: Message[];
  readonly seen: SeenCard[];
  /** What must never happen and did. */
  readonly violations: string[];
  /** A bot died or lost its store in this run: an answer may have got lost. */
  troubled: boolean;
  /** Changes as they were last read, by id. */
  readonly read: Map<string, Change>;
  /** Everything that happens counts it up. */
  stirs: number;
  nextId: number;
  readonly onLeaving: { check: (call: ActingCall, bot: Bot) => Promise<void> };
  readonly onBeginning: { check: (call: ActingCall) => void };
}

/** One process of the bot. */
export interface Bot extends Caller {
  readonly desk: Desk;
  readonly worker: Worker;
  /** How far its clock is ahead, milliseconds. */
  offset: number;
  isAlive: boolean;
  /** Dies at this many queries and calls from now. */
  dieAfter: number | undefined;
  /** Loses the store at this many queries from now, until it is given back. */
  loseStoreAfter: number | undefined;
  readonly troubles: unknown[];
  wantsSweep: boolean;
  hear(inbound: Inbound): Promise<Reply>;
  sweep(): Promise<void>;
  /** Finds the cards that another bot left behind. */
  lookForCardsBehind(): Promise<void>;
  /** Shows what moved. */
  show(): Promise<void>;
}

class Died extends Error {}

const leaseFor = 30_000;

export const createSite = (database: Database): Site => {
  const time = { now: new Date('2026-11-25T02:00:00.000Z') };
  const stirred = () => {
    site.stirs += 1;
  };
  const watch = {
    leaving: (call: ActingCall) => {
      const bot = site.bots.find(({ name }) => name === call.by);
      return bot === undefined ? Promise.resolve() : site.onLeaving.check(call, bot);
    },
    beginning: (call: ActingCall) => site.onBeginning.check(call),
    stirred,
  };
  const site: Site = {
    database,
    time,
    policy: 'simple',
    frozenByFile: false,
    inGroup: new Set(),
    directoryIsUnread: false,
    servers: new Map(serverNames.map((name) => [name, createModelServer(name, time, watch)])),
    bots: [],
    messages: [],
    seen: [],
    violations: [],
    troubled: false,
    read: new Map(),
    stirs: 0,
    nextId: 1,
    onLeaving: { check: async () => undefined },
    onBeginning: { check: () => undefined },
  };
  return site;
};

/** Starts one more process: the conversation, the worker and the sweep as the composition root joins them. */
export const startBot = (site: Site): Bot => {
  const name = `host ${1_000 + site.bots.length} ${site.nextId++}`;
  const moved = new Set<string>();
  const live = (): void => {
    site.stirs += 1;
    if (bot.isAlive && bot.dieAfter !== undefined && bot.dieAfter-- <= 0) die();
    if (!bot.isAlive) throw new Died(bot.name);
  };
  const die = (): void => {
    bot.isAlive = false;
    site.troubled = true;
  };
  const query = (): void => {
    live();
    if (bot.loseStoreAfter === undefined || bot.loseStoreAfter-- > 0) return;
    bot.loseStoreAfter = 0;
    site.troubled = true;
    throw new StoreError('store.unreachable', { doing: 'asking the store', outcome: 'not-sent' });
  };
  const database = site.database.withPlugin({
    transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => {
      query();
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const runtime: Runtime = {
    now: () => new Date(site.time.now.getTime() + bot.offset),
    pause: async (milliseconds) => {
      live();
      site.time.now = new Date(site.time.now.getTime() + milliseconds);
    },
    settings: {
      commandWindow: 15_000,
      applyDeadline: 60_000,
      restartDeadline: 240_000,
      readDeadline: 30_000,
      patience: 60_000,
      lookEvery: 5_000,
    },
  };
  const connections = new Map(
    [...site.servers].map(([server, model]) => [server, model.connect({ name, live, die })]),
  );
  // Without the file system, whose answers come at any time: a run has to go the same way whenever it is repeated.
  const frozen = async (): Promise<FreezeState> => {
    if (site.frozenByFile) {
      return { kind: 'file', file: 'freeze', reason: 'the chat is down', since: site.time.now };
    }
    const freeze = await currentFreeze(database);
    return freeze === undefined ? { kind: 'none' } : { kind: 'person', ...freeze };
  };
  const onTrouble = (_doing: string, error: unknown): void => {
    bot.troubles.push(error);
  };
  const worker = createWorker({
    database,
    runtime,
    owner: name,
    isGone: (owner) =>
      site.bots.some((other) => other.name === owner && !other.isAlive && other.offset === 0),
    leaseFor,
    freezeState: frozen,
    server: (server) => connections.get(server),
    whyNotToStart: (change) =>
      whyNotToStart(
        {
          now: runtime.now,
          policyOf: (server) => serverNamed(desk, server)?.policy,
          freezeState: frozen,
          membershipOf: (policy, personId) => membershipOf(desk.directory, policy, personId, 'now'),
        },
        change,
      ),
    onMoved: (id) => moved.add(id),
    // The next one of a batch does not wait for the next look.
    onEnded: () => {
      bot.wantsSweep = true;
    },
    onTrouble,
  });
  const desk = modelDesk(site, {
    database,
    worker,
    freezeState: frozen,
    server: (server) => connections.get(server),
    now: runtime.now,
    onMoved: (id) => moved.add(id),
    onTrouble,
    live,
  });
  const bot: Bot = {
    name,
    desk,
    worker,
    live,
    die,
    offset: 0,
    isAlive: true,
    dieAfter: undefined,
    loseStoreAfter: undefined,
    troubles: [],
    wantsSweep: false,
    hear: (inbound) => answerWithoutStore(inbound, (given) => answer(desk, runtime, given), onTrouble),
    sweep: async () => {
      await sweepStore(database, runtime.now, frozen);
      await worker.takeUp();
    },
    lookForCardsBehind: async () => {
      for (const id of await changesBehind(database, runtime.now())) moved.add(id);
    },
    show: async () => {
      const ids = [...moved];
      moved.clear();
      for (const id of ids) await showChange(desk, id);
    },
  };
  site.bots.push(bot);
  return bot;
};

/** What a person says or presses, with all that comes of it in the turn. A bot that dies meanwhile answers nothing. */
export const tellBot = async (site: Site, bot: Bot, inbound: Inbound): Promise<Reply | undefined> => {
  try {
    const reply = await bot.hear(inbound);
    const { where } = inbound;
    const pressed = inbound.kind === 'press' ? (inbound.cardId ?? '') : '';
    let posted: PostedCard = { where, messageId: pressed };
    if (reply.card !== undefined) {
      if (inbound.kind !== 'press') posted = await bot.desk.chat.post(where, reply.card);
      else if (reply.privately === true) site.seen.push({ where, messageId: pressed, card: reply.card });
      else await bot.desk.chat.replace(posted, reply.card);
    }
    await reply.afterwards?.(posted);
    return reply;
  } catch (error) {
    if (error instanceof Died || error instanceof StoreError) return undefined;
    throw error;
  }
};

/** Waits until nothing happens any more, but for calls that are held up; then the cards are shown. */
export const quiesce = async (site: Site, round: () => Promise<void>): Promise<void> => {
  for (let again = true; again; ) {
    for (const bot of site.bots) await restOf(site, bot, round);
    const seen = site.seen.length;
    for (const bot of site.bots.filter(({ isAlive }) => isAlive)) {
      await bot.lookForCardsBehind().catch(() => undefined);
      await bot.show().catch(() => undefined);
    }
    const eager = site.bots.filter(({ isAlive, wantsSweep }) => isAlive && wantsSweep);
    for (const bot of eager) {
      bot.wantsSweep = false;
      await bot.sweep().catch(() => undefined);
    }
    again = eager.length > 0 || site.seen.length > seen;
  }
};

const restOf = async (site: Site, bot: Bot, round: () => Promise<void>): Promise<void> => {
  let isDrained = false;
  void bot.worker.drain().then(() => {
    isDrained = true;
  });
  for (let calm = 0; !isDrained; ) {
    const seen = site.stirs;
    await round();
    calm = site.stirs === seen ? calm + 1 : 0;
    if (calm >= 5 && [...site.servers.values()].some(({ heldBy }) => heldBy.has(bot.name))) return;
  }
};

export const isBotError = (error: unknown): boolean => error instanceof Died || error instanceof StoreError;

export const personalOf = ({ aadObjectId }: Person): Place => ({
  conversationId: `chat ${aadObjectId}`,
  kind: 'personal',
  address: '{}',
});
export const groupPlace: Place = { conversationId: 'group', kind: 'group', address: '{}' };
