import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyAudit } from '../../bot/audit/verify-audit.ts';
import type { Change } from '../../bot/changes/change.ts';
import { storedChain } from '../../bot/store/audit-rows.ts';
import type { Database } from '../../bot/store/open-database.ts';
import { openPostgres } from '../../bot/store/open-postgres.ts';
import { findChange } from '../../bot/store/read-change.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { type BotProcess, startBotProcess } from '../kit/bot-under-test.ts';
import { buttonsOf } from '../kit/card-reader.ts';
import { type ChatPerson, chatPerson } from '../kit/chat-person.ts';
import { type FakeConnector, type ShownMessage, startFakeConnector } from '../kit/fake-connector.ts';
import { sharedCluster, withoutPostgres } from './store/both-stores.ts';

/** How often a bot is killed. */
const kills = Number(process.env.WSUS_BOT_KILLS ?? 500);

/** For the test's own look at the store, on a machine that is busy with starting bots. Milliseconds. */
const withPatience = {
  connect: 60_000,
  statement: 60_000,
  idleInTransaction: 60_000,
  answer: 60_000,
  settle: 60_000,
};

const names = ['wsus11', 'wsus12', 'wsus13'];

test(`${kills} kills of two bots on one PostgreSQL while they change three servers: nothing twice, nothing lost, every card true`, {
  skip: withoutPostgres,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-test-'));
  const specs = practiceServers
    .filter(({ state }) => state === 'limit-too-low')
    .flatMap((spec) => names.map((name) => ({ ...spec, name })));
  const practice = await startPracticeServers({ root: folder, restartMilliseconds: 30, specs });
  const connector = await startFakeConnector();
  const store = await (await sharedCluster()).createDatabase();
  const database = await openPostgres(store, withPatience);
  const servers = names.map((name) => practice.server(name));
  const startOne = () => startBotProcess({ servers, store, folder, leaseFor: 3_000 });
  const bots: BotProcess[] = await Promise.all([startOne(), startOne()]);
  t.after(async () => {
    await Promise.all(bots.map((bot) => bot.kill()));
    await database.destroy();
    await connector.close();
    await practice.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let isOver = false;
  const people = names.map(async (name) => {
    for (let turn = 0; !isOver; turn++) {
      const endpoint = bots[turn % bots.length]?.endpoint ?? '';
      const person = chatPerson({ endpoint, connector, conversationId: `chat-${name}` });
      // Whoever is killed at this moment answers nothing.
      await nextAct(connector, person, name).catch(() => undefined);
      await pause(40);
    }
  });
  let atWork = 0;
  for (let kill = 0; kill < kills; kill++) {
    await pause(Math.random() * 800);
    const place = kill % bots.length;
    const running = await database
      .selectFrom('changes')
      .select('id')
      .where('state', '=', 'running')
      .execute();
    if (running.length > 0) atWork += 1;
    await bots[place]?.kill();
    bots[place] = await startOne();
    if ((kill + 1) % 50 === 0) t.diagnostic(`${kill + 1} kills`);
  }
  isOver = true;
  await Promise.all(people);
  await comesToRest(database);

  const changes = await changesIn(database);
  const ends = Object.groupBy(changes, ({ state, result }) => `${state} ${result?.kind ?? ''}`.trim());
  t.diagnostic(`kills while a change ran: ${atWork}; changes: ${changes.length}`);
  for (const [end, those] of Object.entries(ends)) t.diagnostic(`${end}: ${those?.length}`);
  for (const server of servers) {
    const own = changes.filter((change) => change.server === server.name);
    const { writes, restarts } = server.stats();
    isWithin(`${server.name}: writes`, writes, own.map(writesOf));
    isWithin(`${server.name}: restarts`, restarts, own.map(restartsOf));
  }
  await everyCardIsTrue(database, connector, changes);
  const { rows, end } = storedChain(database);
  const lines = async function* () {
    for await (const row of rows) yield { text: row.entryJson, hash: row.hash, row };
  };
  const { findings, entries } = await verifyAudit(lines(), { end });
  t.diagnostic(`audit entries: ${entries}`);
  assert.deepEqual(findings, []);
});

/** What a person does at the sight of the newest card: the round of raise and way back never ends. */
const nextAct = async (connector: FakeConnector, person: ChatPerson, server: string): Promise<void> => {
  const own = connector.messages.filter(({ conversationId }) => conversationId === person.conversationId);
  const newest = own.at(-1);
  const pressNewest = async (title: string): Promise<boolean> => {
    const message = own.findLast(({ activity }) => buttonsOf(activity).some((one) => one.title === title));
    if (message === undefined) return false;
    await person.press(message, title);
    return true;
  };
  const says = (start: RegExp) => newest !== undefined && start.test(String(newest.activity.summary ?? ''));
  if (says(/^Needs approval/) && (await pressNewest('Approve and run'))) return;
  if (says(/^State unknown/) && (await pressNewest('Take over'))) return;
  if (says(/^(Done|Healthy)/) && (await pressNewest('Roll back'))) return;
  if (says(/^Raised, not active/) && (await pressNewest('Plan the restart'))) return;
  if (says(/^Running|^Rolling back|^Reading/) && Math.random() < 0.95) return;
  await person.say(`check ${server}`);
};

const changesIn = async (database: Database): Promise<Change[]> => {
  const rows = await database.selectFrom('changes').select('id').orderBy('number').execute();
  const changes = await Promise.all(rows.map(({ id }) => findChange(database, id)));
  return changes.filter((change) => change !== undefined);
};

const patience = 60_000;

const comesToRest = async (database: Database): Promise<void> => {
  const giveUp = Date.now() + patience;
  for (;;) {
    const rows = await database
      .selectFrom('changes')
      .select('number')
      .where('state', 'in', ['approved', 'running'])
      .execute();
    if (rows.length === 0) return;
    assert.ok(Date.now() < giveUp, `changes ${rows.map(({ number }) => number).join(', ')} end`);
    await pause(100);
  }
};

type Range = readonly [least: number, most: number];

const writesOf = ({ kind, result }: Change): Range => {
  if (kind === 'restart') return [0, 0];
  switch (result?.kind) {
    case 'proven':
    case 'not-active':
      return [1, 1];
    case 'restored':
      return [2, 2];
    case 'unknown':
      return [0, result.wayBackFailed ? 2 : 1];
    default:
      return [0, 0];
  }
};

const restartsOf = ({ result }: Change): Range => {
  switch (result?.kind) {
    case 'proven':
      return [1, 1];
    case 'not-active':
      return [0, 1];
    case 'restored':
      return [2, 2];
    case 'unknown':
      return [0, result.wayBackFailed ? 2 : 1];
    default:
      return [0, 0];
  }
};

const isWithin = (what: string, count: number, ranges: readonly Range[]): void => {
  const least = ranges.reduce((sum, [low]) => sum + low, 0);
  const most = ranges.reduce((sum, [, high]) => sum + high, 0);
  assert.ok(
    least <= count && count <= most,
    `${what}: ${count}, where the changes claim ${least} to ${most}`,
  );
};

/** In the end no card says that something runs, and each shows the newest version of its change. */
const everyCardIsTrue = async (
  database: Database,
  connector: FakeConnector,
  changes: readonly Change[],
): Promise<void> => {
  const giveUp = Date.now() + patience;
  const behind = async (): Promise<ShownMessage[]> => {
    const posted = await database.selectFrom('posted').select(['messageId', 'changeId']).execute();
    return posted.flatMap(({ messageId, changeId }) => {
      const message = connector.messages.find(({ id }) => id === messageId);
      const change = changes.find(({ id }) => id === changeId);
      if (message === undefined || change === undefined || change.state === 'proposed') return [];
      return /^(Running|Rolling back|Reading|Needs)/.test(String(message.activity.summary)) ? [message] : [];
    });
  };
  for (;;) {
    const left = await behind();
    if (left.length === 0) return;
    const said = left.map(({ activity }) => String(activity.summary)).join('\n');
    assert.ok(Date.now() < giveUp, `cards that are behind:\n${said}`);
    await pause(200);
  }
};
