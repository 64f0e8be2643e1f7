import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { clouds } from '../../../../bot/registration/cloud.ts';
import { openDatabase } from '../../../../bot/store/open-database.ts';
import { sqliteFile } from '../../../../bot/store/store-config.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { newServiceKey, startOpenIdEndpoint, tokenOf } from '../../../kit/open-id-endpoint.ts';
import { randomFrom } from '../../diagnosis/fuzz/random.ts';
import { approverAt } from './approver.ts';
import { startFuzzConnector } from './fuzz-connector.ts';
import { activityIn, conversationsIn, decides, mustBeAnswered, type Request, wrongWith } from './judge.ts';
import { logJudge } from './log-judge.ts';
import { mutated } from './mutate.ts';
import { postActivity } from './post-activity.ts';
import { type Ground, sample } from './samples.ts';
import { startFuzzBot } from './start-fuzz-bot.ts';

export interface FuzzResult {
  /** At most twenty. */
  readonly complaints: readonly string[];
  /** How many requests had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Messages that were answered in their chat. */
  readonly answered: number;
  /** Lines of the log by their code. */
  readonly logged: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly slowestInvoke: number;
  /** Bytes after a garbage collection, after a fifth of the activities and at the end. */
  readonly heap: readonly [number, number];
  readonly rss: readonly [number, number];
  /** Of all changes, before the button that starts one was pressed, and after it. */
  readonly states: readonly [readonly string[], readonly string[]];
  readonly writes: readonly [number, number];
}

const appId = '11111111-2222-4333-8444-555555555555';
/** Requests at the same time. */
const lanes = 12;
/** Teams waits 10 s for the answer to a press. Milliseconds. */
const invokeWithin = 10_000;

/** Addresses for which a valid token is made, and that are not the connector's. */
const foreignTo = (serviceUrl: string): readonly string[] => [
  serviceUrl.replace('127.0.0.1', '0.0.0.0'),
  serviceUrl.replace('127.0.0.1', 'x@127.0.0.1'),
  serviceUrl.replace('http:', 'ws:'),
  'http://evil.example/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net/emea/',
  'x',
];

/**
 * Sends mutated activities with valid tokens to a bot in a process of its own, over HTTP, and judges all that it does. Activity
 * n of a seed is the same in every run, apart from ports and the tokens of buttons.
 */
export const runActivityFuzz = async (t: TestContext, seed: number, inputs: number): Promise<FuzzResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-fuzz-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const complaints: string[] = [];
  const complain = (what: string): void => {
    if (complaints.length < 20) complaints.push(what.slice(0, 3_000));
  };
  const key = newServiceKey('own');
  const { metadata } = await startOpenIdEndpoint(t, [key]);
  const connector = await startFuzzConnector(complain);
  t.after(connector.close);
  const practice = await startPracticeServers({
    root: folder,
    restartMilliseconds: 0,
    specs: practiceServers.filter(({ name }) => name === 'wsus01' || name === 'wsus02'),
  });
  t.after(() => practice.close());
  const { servers } = practice;
  const { serviceUrl, fileUrl } = connector;
  const log = logJudge(complain);
  const bot = await startFuzzBot({ servers, folder, appId, openIdMetadata: metadata, fileUrl }, log.judge);
  t.after(() => bot.stop());

  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: clouds.Public.channel, aud: appId, nbf: seconds - 10, exp: seconds + 24 * 3_600 };
  const foreign = foreignTo(serviceUrl);
  const tokens = new Map(
    [serviceUrl, ...foreign].map((url) => [url, tokenOf(key, { ...claims, serviceurl: url })]),
  );
  const approver = approverAt(bot.endpoint, connector, tokens.get(serviceUrl) ?? '');
  const buttons = await approver.openCards();
  const deciding = buttons.filter(({ title }) => /^(Approve|Decline|Withdraw)/.test(title));
  const ground: Ground = { serviceUrl, fileUrl, buttons };

  const statuses: Record<number, number> = {};
  let answered = 0;
  let slowestInvoke = 0;

  const sendOne = async (index: number, lane: number): Promise<void> => {
    const random = randomFrom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b));
    const activity = sample(random, lane, `${seed}-${index}`, ground);
    if (random.below(60) === 0) activity.serviceUrl = random.pick(foreign);
    const body = mutated(random, activity, sample(random, lane, 'other', ground));
    const sent = activityIn(body);
    if (decides(sent, deciding)) return;
    const tokenFor = foreign.find((url) => url === sent?.serviceUrl) ?? serviceUrl;
    const request: Request = { activity: sent, bytes: body.length, tokenFor, serviceUrl };
    const mark = (what: string) =>
      complain(`activity ${index} of seed ${seed}: ${what}\n${body.toString('utf8')}`);
    const [conversationId = '', ...others] = conversationsIn(sent);
    for (const id of [conversationId, ...others]) connector.known.add(id);
    const before = connector.posts(conversationId);
    const times = random.below(40) === 0 ? 2 : 1;
    const from = performance.now();
    try {
      const token = tokens.get(tokenFor) ?? '';
      const all = Array.from({ length: times }, () => postActivity(bot.endpoint, body, token));
      for (const response of await Promise.all(all)) {
        statuses[response.status] = (statuses[response.status] ?? 0) + 1;
        const wrong = wrongWith(request, response);
        if (wrong !== undefined) mark(`${wrong}: ${response.body.slice(0, 500)}`);
      }
    } catch (error) {
      mark(`no response: ${String(error)}; the bot ${bot.ended() ?? 'lives'}`);
      return;
    }
    if (sent?.type === 'invoke') {
      const took = performance.now() - from;
      slowestInvoke = Math.max(slowestInvoke, took);
      if (took > invokeWithin) mark(`answered after ${took.toFixed(0)} ms`);
    }
    if (!mustBeAnswered(request)) return;
    if (await connector.answered(conversationId, request.activity.id, before)) answered += 1;
    else mark('a message without an answer');
  };

  let next = 0;
  const sendUntil = async (end: number): Promise<void> => {
    const lane = async (number: number) => {
      while (next < end && complaints.length < 20 && bot.ended() === undefined) {
        const index = next;
        next += 1;
        await sendOne(index, number);
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  };

  const statesInStore = async (): Promise<string[]> => {
    const database = await openDatabase(sqliteFile(join(folder, 'wsus-bot.sqlite')));
    const rows = await database.selectFrom('changes').select(['server', 'state']).orderBy('number').execute();
    await database.destroy();
    return rows.map(({ server, state }) => `${server} ${state}`);
  };
  const writes = () => servers.reduce((sum, server) => sum + server.stats().writes, 0);

  await sendUntil(Math.ceil(inputs / 5));
  const early = await bot.look();
  await sendUntil(inputs);
  const late = await bot.look();
  const before = { states: await statesInStore(), writes: writes() };
  // Proves that a press on the button itself would have started it.
  await approver.approve();
  if ((await bot.stop()) !== 0) complain(`the bot ended: ${bot.ended()}`);
  const hosts = new Set([serviceUrl, metadata].map((url) => new URL(url).host));
  for (const { target } of servers) hosts.add(`${target.host}:${target.port}`);
  for (const host of late.spokenTo) if (!hosts.has(host)) complain(`the bot spoke to ${host}`);
  return {
    complaints,
    statuses,
    answered,
    logged: log.codes,
    slowestInvoke,
    heap: [early.heapUsed, late.heapUsed],
    rss: [early.rss, late.rss],
    states: [before.states, await statesInStore()],
    writes: [before.writes, writes()],
  };
};
