import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { readKey } from '../../../bot/audit/audit-key.ts';
import { storedLine } from '../../../bot/audit/exported-lines.ts';
import { readHeads } from '../../../bot/audit/heads-file.ts';
import { rotateKey } from '../../../bot/audit/rotate-key.ts';
import { startAudit } from '../../../bot/audit/start-audit.ts';
import { verifyAudit } from '../../../bot/audit/verify-audit.ts';
import { defaultAudit } from '../../../bot/config-audit.ts';
import { Secret } from '../../../bot/secret.ts';
import { auditPage } from '../../../bot/store/audit-rows.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { CodedError } from '../../../remote/coded-error.ts';
import { folderWith } from '../config-folder.ts';
import { testOnBothStores } from '../store/both-stores.ts';
import { memoryStore, minutes } from '../store/sample-store.ts';
import { recordAll, sampleEvent } from './sample-audit.ts';
import { startWebhookServer } from './webhook-server.ts';

const scene = async (t: TestContext, webhook?: { url: string; secret: Secret }) => {
  const database = await memoryStore(t);
  const config = { ...defaultAudit(folderWith(t, {})), webhook };
  const clock = { minute: 0 };
  const troubles: string[] = [];
  /** One turn of the work behind the scenes: it has looked, and looks again. */
  let looked = () => {};
  const turn = () => new Promise<void>((resolve) => (looked = resolve));
  const start = () =>
    startAudit({
      database,
      config,
      now: () => minutes(clock.minute),
      random: () => 1,
      fetch,
      pause: async () => {
        looked();
        await new Promise((resolve) => setImmediate(resolve));
      },
      onTrouble: (_, error) => troubles.push(error instanceof CodedError ? error.message : String(error)),
    });
  const heads = async () => (await readHeads(config.headsFile)).map((head) => head?.seq);
  const turns = async () => {
    await turn();
    await turn();
  };
  return { database, config, clock, troubles, start, heads, turns };
};

const findingsOf = async (database: Database, headsFile: string) => {
  const rows = await auditPage(database, 0, 1_000);
  return (await verifyAudit(rows.map(storedLine), { heads: await readHeads(headsFile) })).findings;
};

test('the first start makes a key, names it in the audit and signs a head', async (t) => {
  const { database, config, start, heads, turns } = await scene(t);
  const audit = await start();
  await turns();
  await audit.close();
  assert.ok(existsSync(config.keyFile));
  assert.deepEqual(await heads(), [1]);
  assert.deepEqual(await findingsOf(database, config.headsFile), []);
  assert.equal((await audit.check.state()).intact, true);
});

test('a head is signed when its time has come and there is something new, and when a change has ended', async (t) => {
  const { database, clock, start, heads, turns } = await scene(t);
  const audit = await start();
  await turns();
  await recordAll(database, [sampleEvent()]);
  await turns();
  assert.deepEqual(await heads(), [1]);
  clock.minute = 10;
  await turns();
  assert.deepEqual(await heads(), [1, 2]);
  clock.minute = 20;
  await turns();
  assert.deepEqual(await heads(), [1, 2]);
  await recordAll(database, [sampleEvent({ kind: 'ended' })]);
  await turns();
  assert.deepEqual(await heads(), [1, 2, 3]);
  await audit.close();
});

test('the end signs what is new, and the next start goes on behind it', async (t) => {
  const { database, config, start, heads, turns } = await scene(t);
  const first = await start();
  await turns();
  await recordAll(database, [sampleEvent()]);
  await first.close();
  const second = await start();
  await turns();
  await second.close();
  assert.deepEqual(await heads(), [1, 2]);
  assert.deepEqual(await findingsOf(database, config.headsFile), []);
});

test('no head is signed over a chain that was tampered with, and it is said once in a while', async (t) => {
  const { database, clock, troubles, start, heads, turns } = await scene(t);
  const audit = await start();
  await turns();
  await recordAll(database, [sampleEvent(), sampleEvent({ kind: 'ended' })]);
  await turns();
  await database.updateTable('audit').set({ entryJson: '{}' }).where('seq', '=', 2).execute();
  await recordAll(database, [sampleEvent({ kind: 'ended' })]);
  clock.minute = 10;
  await turns();
  await turns();
  assert.deepEqual(await heads(), [1, 3]);
  const text =
    'signing a head of the audit: the audit is not as it was written: entry 2 was changed: its hash is not that of its text';
  assert.deepEqual(troubles, [text]);
  clock.minute = 20;
  await turns();
  assert.deepEqual(troubles, [text, text]);
  await audit.close();
});

test('a key that was replaced while the bot runs is taken up', async (t) => {
  const { database, config, clock, start, heads, turns } = await scene(t);
  const audit = await start();
  await turns();
  await rotateKey(database, config.keyFile, minutes(1));
  clock.minute = 10;
  await turns();
  await audit.close();
  assert.deepEqual(await heads(), [1, 2]);
  assert.deepEqual(await findingsOf(database, config.headsFile), []);
});

test('a start with a key that others may read is refused', async (t) => {
  const { config, start, turns } = await scene(t);
  const audit = await start();
  await turns();
  await audit.close();
  chmodSync(config.keyFile, 0o644);
  await assert.rejects(start(), { code: 'audit.key-open-to-others' });
});

test('entries and heads reach the webhook, while the bot runs on without waiting for it', async (t) => {
  const server = await startWebhookServer(t);
  const { database, start, turns } = await scene(t, {
    url: server.url,
    secret: new Secret('0123456789abcdef'),
  });
  server.course = () => undefined;
  const audit = await start();
  await server.came(1);
  await recordAll(database, [sampleEvent({ kind: 'ended' })]);
  await turns();
  await audit.close();
  server.course = (_, response) => response.writeHead(200).end();
  const again = await start();
  await server.came(4);
  await again.close();
  assert.deepEqual(
    server.received.map(({ type, seq }) => `${type} ${seq}`),
    ['entry 1', 'entry 1', 'entry 2', 'head 2'],
  );
});

testOnBothStores(
  'two bots on one store each sign with their own key, and either file of heads agrees',
  async (t) => {
    const database = await memoryStore(t);
    const folders = [folderWith(t, {}), folderWith(t, {})];
    const audits = await Promise.all(
      folders.map((folder) =>
        startAudit({
          database,
          config: defaultAudit(folder),
          now: () => minutes(0),
          random: () => 1,
          fetch,
          pause: () => new Promise((resolve) => setImmediate(resolve)),
          onTrouble: (_, error) => assert.fail(String(error)),
        }),
      ),
    );
    await recordAll(database, [sampleEvent({ kind: 'ended' }), sampleEvent()]);
    await Promise.all(audits.map((audit) => audit.close()));
    for (const folder of folders) {
      const { headsFile, keyFile } = defaultAudit(folder);
      assert.deepEqual(await findingsOf(database, headsFile), []);
      const heads = await readHeads(headsFile);
      assert.equal(heads.at(-1)?.seq, 4);
      assert.ok(heads.every((head) => head?.keyId === readKey(keyFile)?.id));
    }
  },
);

test('a store that is away is looked for ever more seldom, and heads are signed when it is back', async (t) => {
  const database = await memoryStore(t);
  const config = defaultAudit(folderWith(t, {}));
  const pauses: number[] = [];
  const troubles: unknown[] = [];
  const audit = await startAudit({
    database,
    config,
    now: () => minutes(0),
    random: () => 1,
    fetch,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
    },
    onTrouble: (_, error) => troubles.push(error),
  });
  while (pauses.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await database.schema.alterTable('audit').renameTo('away').execute();
  while (troubles.length < 8) await new Promise((resolve) => setImmediate(resolve));
  const away = pauses.slice(pauses.indexOf(4_000));
  assert.deepEqual(away.slice(0, 6), [4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  await database.schema.alterTable('away').renameTo('audit').execute();
  await recordAll(database, [sampleEvent()]);
  await audit.close();
  assert.equal((await readHeads(config.headsFile)).at(-1)?.seq, 2);
});
