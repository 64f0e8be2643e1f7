import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { demoPeople, demoTenantId } from '../../../bot/demo-config.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { startBotProcess } from '../../kit/bot-under-test.ts';
import { buttonsOf } from '../../kit/card-reader.ts';
import { type FakeConnector, type Fault, startFakeConnector } from '../../kit/fake-connector.ts';
import { type Random, randomFrom } from '../diagnosis/fuzz/random.ts';

/** Many people in many chats at once, at a connector that does not take everything. */
export interface CrowdOptions {
  readonly activities: number;
  readonly chats: number;
  /** Of them, so many in which far more is written than Teams lets the bot answer at once. */
  readonly hot: number;
  readonly seed: number;
}

export interface CrowdResult {
  /** What is not as it must be; empty when all is. */
  readonly wrong: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Milliseconds until Teams does not wait any more. */
const deadlines = { message: 15_000, invoke: 10_000 } as const;

/** Of a message: how many new messages answer it. An invoke is answered in its response, and by at most one message. */
interface Sent {
  readonly id: string;
  readonly chat: Chat;
  readonly kind: string;
  readonly answers: number;
  readonly isInvoke: boolean;
}

interface Chat {
  readonly id: string;
  readonly type: 'personal' | 'groupChat' | 'channel';
  readonly isHot: boolean;
  /** Nothing can be posted there, from the beginning. */
  readonly shut: { readonly status: 403 | 404; readonly code: string } | undefined;
}

const log = (line: number) =>
  `2026-11-24 21:40:0${line % 10}:123  1100  5b4  Agent  WARNING: WU client failed Searching for update with error 0x8024400${line % 9}`;

const texts: readonly ((n: number) => string)[] = [
  () => 'help',
  () => 'whoami',
  () => 'history',
  () => 'locks',
  () => 'check',
  () => 'check wsus99',
  () => 'check wsus01',
  () => 'fix',
  () => 'servers',
  (n) => `what is the weather like, for the ${n}th time?`,
  log,
];

const shutBy = [
  { status: 403, code: 'BotNotInConversationRoster' },
  { status: 403, code: 'ConversationBlockedByUser' },
  { status: 404, code: 'ConversationNotFound' },
] as const;

export const runCrowd = async (t: TestContext, options: CrowdOptions): Promise<CrowdResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-crowd-'));
  const connector = await startFakeConnector();
  // Nothing listens there: a check is answered at once.
  const account = { domain: '', user: 'svc', password: 'swordfish' };
  const target = { name: 'wsus01', host: '127.0.0.1', port: 1, endpoint: 'WsusBot', account };
  const bot = await startBotProcess({
    servers: [{ name: 'wsus01', target }],
    store: sqliteFile(join(folder, 'store.sqlite')),
    folder,
  });
  let isStopped = false;
  t.after(async () => {
    if (!isStopped) await bot.kill();
    await connector.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const crowd = new Crowd(options, bot.endpoint, connector);
  connector.failWith((request) => crowd.faultFor(request));
  const beganAt = performance.now();
  await crowd.run();
  // What it promised is sent before it ends.
  await bot.stop();
  isStopped = true;
  return crowd.judge(performance.now() - beganAt);
};

type Request = FakeConnector['requests'][number];

class Crowd {
  readonly #options: CrowdOptions;
  readonly #endpoint: string;
  readonly #connector: FakeConnector;
  readonly #random: Random;
  readonly #faults: Random;
  /** Few are made, and all are kept: a burst of new ones waits for the machine, and not for the bot. */
  readonly #connections = new Agent({ keepAlive: true, maxSockets: 96 });
  readonly #sent: Sent[] = [];
  readonly #wrong: string[] = [];
  readonly #slowest = { message: 0, invoke: 0 };
  /** Activities of which a new message may or may not be there. */
  readonly #unsure = new Set<string>();
  readonly #counts: Record<string, number> = {};
  #left: number;

  constructor(options: CrowdOptions, endpoint: string, connector: FakeConnector) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#connector = connector;
    this.#random = randomFrom(options.seed);
    this.#faults = randomFrom(options.seed + 1);
    this.#left = options.activities;
  }

  /** About one request in fifteen has a fault. */
  faultFor({ method, conversationId, activityId }: Request): Fault | undefined {
    const { shut } = chatOf(conversationId);
    if (shut !== undefined) {
      this.#count('refused for good');
      return shut;
    }
    const fault = faults[this.#faults.below(faults.length * 12)];
    if (fault === undefined) return undefined;
    this.#count(`fault ${fault.status}${fault.taken === true ? ' taken' : ''}`);
    const isUnknown = fault.status === 'broken' || fault.status === 500;
    if (method === 'POST' && isUnknown) this.#unsure.add(activityId ?? '');
    return fault;
  }

  async run(): Promise<void> {
    const { chats, hot } = this.#options;
    const all = Array.from({ length: chats }, (_, n) => chatOf(chatId(n, hot)));
    await Promise.all(
      all.flatMap((chat) => Array.from({ length: chat.isHot ? 4 : 1 }, () => this.#writer(chat))),
    );
  }

  /** One person after the other in a chat, each as soon as the one before was heard. */
  async #writer(chat: Chat): Promise<void> {
    while (this.#left > 0) {
      this.#left -= 1;
      await this.#sendOne(chat);
    }
  }

  async #sendOne(chat: Chat): Promise<void> {
    const id = `a${this.#sent.length + 1}`;
    const dice = this.#random.below(100);
    const message = (kind: string, fields: Record<string, unknown>, answers = 1) =>
      this.#deliver(
        { id, chat, kind, answers, isInvoke: false },
        { type: 'message', textFormat: 'plain', ...fields },
      );
    const words = this.#random.pick(texts)(this.#sent.length);
    if (dice < 62) return message('message', { text: words });
    if (dice < 70) {
      const timestamp = new Date().toISOString();
      const fields = { text: words, timestamp };
      const sent = { id, chat, kind: 'message delivered twice', answers: 1, isInvoke: false };
      this.#sent.push(sent);
      await Promise.all([
        this.#post(sent, { type: 'message', ...fields }),
        this.#post(sent, { type: 'message', ...fields }),
      ]);
      return;
    }
    if (dice < 74) {
      return message('message of a stranger', {
        text: words,
        conversation: { id: chat.id, tenantId: stranger },
      });
    }
    if (dice < 80) {
      const type = this.#random.pick(['typing', 'messageReaction', 'conversationUpdate', 'event']);
      return this.#deliver({ id, chat, kind: 'nothing to answer', answers: 0, isInvoke: false }, { type });
    }
    if (dice < 84) {
      return this.#deliver(
        { id, chat, kind: 'unknown invoke', answers: 0, isInvoke: true },
        { type: 'invoke', name: 'task/fetch', value: {} },
      );
    }
    const [cardId, token] = dice < 90 ? ['m1', 'x'.repeat(22)] : this.#aButton(chat);
    return this.#deliver(
      { id, chat, kind: 'press', answers: 1, isInvoke: true },
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: cardId,
        value: { action: { type: 'Action.Execute', verb: 'press', data: { token } }, trigger: 'manual' },
      },
    );
  }

  /** On the newest card of the chat, if there is one. */
  #aButton(chat: Chat): [string, string] {
    const card = this.#connector.messages.findLast(
      ({ conversationId, activity }) => conversationId === chat.id && buttonsOf(activity).length > 0,
    );
    const button = card === undefined ? undefined : this.#random.pick(buttonsOf(card.activity));
    return [card?.id ?? 'm1', button?.token ?? 'x'.repeat(22)];
  }

  async #deliver(sent: Sent, activity: Record<string, unknown>): Promise<void> {
    this.#sent.push(sent);
    await this.#post(sent, activity);
  }

  async #post(sent: Sent, activity: Record<string, unknown>): Promise<void> {
    const { id, chat, kind, isInvoke } = sent;
    this.#count(kind);
    this.#connector.expect(chat.id, id);
    const { status, body, took } = await this.#request(
      JSON.stringify({
        id,
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        serviceUrl: this.#connector.serviceUrl,
        from: this.#random.below(3) === 0 ? demoPeople.approver : demoPeople.requester,
        recipient: { id: 'bot-id', name: 'WSUS Bot' },
        conversation: { id: chat.id, conversationType: chat.type, tenantId: demoTenantId },
        ...activity,
      }),
    );
    const which = isInvoke ? 'invoke' : 'message';
    this.#slowest[which] = Math.max(this.#slowest[which], took);
    if (took > deadlines[which]) this.#wrong.push(`${kind} ${id}: heard after ${Math.round(took)} ms`);
    const expected = kind === 'unknown invoke' ? 501 : 200;
    if (status !== expected) this.#wrong.push(`${kind} ${id}: status ${status}`);
    if (kind === 'press' && !/"statusCode":200/.test(body)) this.#wrong.push(`${kind} ${id}: no answer`);
  }

  /** A connection that was idle may be closed as it is used: then Teams sends the same again. */
  async #request(activity: string): Promise<Heard> {
    for (;;) {
      try {
        return await exchange(this.#endpoint, this.#connections, activity);
      } catch (error) {
        if (this.#counts['delivered again'] === 100) throw error;
        this.#count('delivered again');
      }
    }
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1;
  }

  judge(took: number): CrowdResult {
    this.#connections.destroy();
    const { messages, requests, judge } = this.#connector;
    const answers = Map.groupBy(messages, ({ replyToId = '' }) => replyToId);
    const isNote = ({ versions }: (typeof messages)[number]) =>
      String(versions[0]?.summary).startsWith('Unclear:');
    let notes = 0;
    for (const sent of this.#sent) {
      const { id, kind, chat, isInvoke } = sent;
      const posted = answers.get(id) ?? [];
      const certain = posted.filter((message) => !isNote(message)).length;
      const told = posted.length - certain;
      notes += told;
      const least = isInvoke || chat.shut !== undefined ? 0 : sent.answers;
      const most = chat.shut !== undefined ? 0 : sent.answers;
      if (certain > most) this.#wrong.push(`${kind} ${id}: answered ${certain} times`);
      // Where nobody knows, the person is told; that may go wrong as well.
      if (certain < least && !this.#unsure.has(id))
        this.#wrong.push(`${kind} ${id}: answered ${certain} times`);
      if (told > 0 && !this.#unsure.has(id))
        this.#wrong.push(`${kind} ${id}: told of a doubt that there was not`);
    }
    const shutRequests = requests.filter(
      ({ conversationId }) => chatOf(conversationId).shut !== undefined,
    ).length;
    const shutActivities = this.#sent.filter(
      ({ chat, answers }) => chat.shut !== undefined && answers > 0,
    ).length;
    if (shutRequests > shutActivities) this.#wrong.push(`${shutRequests} requests to chats that are shut`);
    return {
      wrong: [...this.#wrong, ...judge.complaints],
      figures: {
        ...this.#counts,
        activities: this.#sent.length,
        'requests to the connector': requests.length,
        messages: messages.length,
        'told of a doubt': notes,
        'requests to shut chats': shutRequests,
        'activities in shut chats': shutActivities,
        'most in one chat in a second': judge.busiest,
        'slowest message ms': Math.round(this.#slowest.message),
        'slowest invoke ms': Math.round(this.#slowest.invoke),
        'seconds in all': Math.round(took / 1_000),
      },
    };
  }
}

interface Heard {
  readonly status: number;
  readonly body: string;
  readonly took: number;
}

/** One request, timed from when it has its connection: how long a busy machine takes to make one is not the bot's. */
const exchange = (endpoint: string, agent: Agent, activity: string): Promise<Heard> =>
  new Promise((resolve, reject) => {
    let began = performance.now();
    const sent = request(endpoint, {
      method: 'POST',
      agent,
      headers: { 'Content-Type': 'application/json' },
    });
    sent.on('socket', (socket) => {
      began = performance.now();
      if (!socket.connecting) return;
      socket.once('connect', () => {
        began = performance.now();
      });
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, body, took: performance.now() - began }),
        reject,
      );
    });
    sent.end(activity);
  });

const stranger = 'eeeeeeee-0000-4000-8000-00000000000e';

const faults: readonly Fault[] = [
  { status: 412, code: 'PreconditionFailed' },
  { status: 429, code: 'Throttled', retryAfter: 1 },
  { status: 429, code: 'Throttled' },
  { status: 502 },
  { status: 503 },
  { status: 504 },
  { status: 500 },
  { status: 500, taken: true },
  { status: 'broken' },
  { status: 'broken', taken: true },
];

/** What a chat is can be read off its id. */
const chatId = (n: number, hot: number): string => {
  const kind = (['personal', 'groupChat', 'channel'] as const)[n % 3] ?? 'personal';
  const isShut = n >= hot && n % 20 === 19;
  return [kind, n < hot ? 'hot' : isShut ? `shut${n % shutBy.length}` : 'usual', n].join('-');
};

const chatOf = (id: string): Chat => {
  const [type, how = ''] = id.split('-');
  return {
    id,
    type: type as Chat['type'],
    isHot: how === 'hot',
    shut: how.startsWith('shut') ? shutBy[Number(how.slice(4))] : undefined,
  };
};
