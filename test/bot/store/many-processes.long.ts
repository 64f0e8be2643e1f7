import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { planHash } from '../../../bot/changes/plan.ts';
import { entryHash } from '../../../bot/store/audit.ts';
import { migrations } from '../../../bot/store/migrations/migrations.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { propose } from '../../../bot/store/propose.ts';
import { changeIdsIn } from '../../../bot/store/read-change.ts';
import { type StoreConfig, sqliteFile } from '../../../bot/store/store-config.ts';
import { sharedCluster, withoutPostgres } from './both-stores.ts';
import { newChange, newPlan } from './sample-store.ts';

/** Starts a script once for each line of arguments, lets all go on at one moment and answers their last lines. */
const together = async (t: TestContext, script: string, lines: readonly string[][]): Promise<string[]> => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const children = lines.map((args) =>
    spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  t.after(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const outputs = children.map(() => '');
  const ended = children.map((child, index) => {
    child.stdout.on('data', (data: Buffer) => {
      outputs[index] += String(data);
    });
    return once(child, 'close');
  });
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  for (const child of children) child.stdin.write('go\n');
  const codes = (await Promise.all(ended)).map(([code]) => code);
  assert.deepEqual(
    codes,
    lines.map(() => 0),
  );
  return outputs.map((output) => output.trim().split('\n').at(-1) ?? '');
};

const kinds: readonly [string, string | false, (t: TestContext) => Promise<StoreConfig>][] = [
  [
    'SQLite',
    false,
    async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-store-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      return sqliteFile(join(folder, 'store.sqlite'));
    },
  ],
  ['PostgreSQL', withoutPostgres, async () => (await sharedCluster()).createDatabase()],
];

for (const [kind, skip, makeStore] of kinds) {
  test(`processes that open the same new store at one moment all find it ready (${kind})`, {
    skip,
  }, async (t) => {
    const store = await makeStore(t);
    const servers = ['wsus01', 'wsus02', 'wsus03', 'wsus04'];
    await together(
      t,
      './open-store.ts',
      servers.map((server) => [JSON.stringify(store), server]),
    );
    const database = await openDatabase(store);
    assert.equal((await changeIdsIn(database, 'approved')).length, servers.length);
    const done = await database.introspection.getTables();
    assert.ok(done.some(({ name }) => name === 'audit'));
    await database.destroy();
  });

  test(`of four processes one decides and one claims each change, and the audit has every entry in one chain (${kind})`, {
    skip,
  }, async (t) => {
    const store = await makeStore(t);
    const database = await openDatabase(store);
    t.after(() => database.destroy());
    const plans = Array.from({ length: 10 }, (_, index) => newPlan(`wsus${index}`));
    for (const plan of plans) await propose(database, newChange(plan));
    const changes = JSON.stringify(plans.map((plan) => ({ id: plan.changeId, hash: planHash(plan) })));
    const before = await database.selectFrom('auditHead').select('seq').executeTakeFirstOrThrow();
    const outputs = await together(
      t,
      './contender.ts',
      ['one', 'two', 'three', 'four'].map((owner) => [JSON.stringify(store), owner, changes]),
    );
    const got = outputs.map((output) => JSON.parse(output) as { decided: boolean; claimed: boolean }[]);
    for (const index of plans.keys()) {
      assert.equal(
        got.filter((one) => one[index]?.decided === true).length,
        1,
        `change ${index} is decided once`,
      );
      assert.equal(
        got.filter((one) => one[index]?.claimed === true).length,
        1,
        `change ${index} is claimed once`,
      );
    }
    const entries = await database.selectFrom('audit').selectAll().orderBy('seq').execute();
    assert.ok(entries.length - before.seq >= 40, 'nothing is lost');
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, index) => index + 1),
    );
    let hash = '';
    for (const entry of entries) {
      assert.equal(JSON.parse(entry.entryJson).previous, hash, `entry ${entry.seq} names the one before`);
      hash = entryHash(entry.entryJson);
      assert.equal(entry.hash, hash);
    }
    const head = await database.selectFrom('auditHead').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual(head, { id: 1, seq: entries.length, hash });
  });
}

test('every migration has a number of its own, in order', () => {
  const numbers = Object.keys(migrations).map((name) => Number(name.slice(0, 4)));
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  );
});
