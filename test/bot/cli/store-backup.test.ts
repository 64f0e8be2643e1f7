import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve } from '../../../bot/store/decide.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { approver } from '../changes/sample-change.ts';
import { folderWith } from '../config-folder.ts';
import { approved, minutes, newPlan, proposed } from '../store/sample-store.ts';
import { runHere } from './run-here.ts';

const scene = (t: TestContext, store = 'store.sqlite') => {
  const folder = folderWith(t, { 'wsus-bot.yaml': `store: ${store}\n` });
  const backup = (...args: string[]) =>
    runHere(['store', 'backup', ...args, '--config', join(folder, 'wsus-bot.yaml')]);
  return { folder, backup, store: join(folder, store), copy: join(folder, 'copy.sqlite') };
};

test('a backup that is taken while the bot writes holds all up to a moment, and the bot goes on with it', async (t) => {
  const { backup, store, copy } = scene(t);
  const database = await openDatabase(sqliteFile(store));
  const waiting = await proposed(database, newPlan('wsus01'));
  const running = await approved(database, newPlan('wsus02'));
  const { code, stdout } = await backup(copy, '--json');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { file: copy, bytes: statSync(copy).size });
  assert.equal(statSync(copy).mode & 0o777, 0o600);
  const later = await proposed(database, newPlan('wsus03'));
  await database.destroy();

  // What docs/operations.md says: the store and its two companions go, the copy takes its place.
  for (const end of ['', '-wal', '-shm']) rmSync(`${store}${end}`, { force: true });
  renameSync(copy, store);
  const restored = await openDatabase(sqliteFile(store));
  t.after(() => restored.destroy());
  assert.equal((await findChange(restored, running))?.state, 'approved');
  assert.equal(await findChange(restored, later), undefined);
  const decision = { planHash: planHash(newPlan()), person: approver, at: minutes(1) };
  assert.equal(await approve(restored, waiting, decision, { needed: 1 }), 'approved');
});

test('a file that is there is not written over', async (t) => {
  const { folder, backup, store, copy } = scene(t);
  await (await openDatabase(sqliteFile(store))).destroy();
  writeFileSync(copy, 'precious');
  const { code, stderr } = await backup(copy);
  assert.equal(code, 5);
  assert.match(stderr, /a file of that name is there already/);
  assert.equal(readFileSync(copy, 'utf8'), 'precious');
  assert.ok(!readdirSync(folder).some((name) => name.endsWith('.part')));
});

test('without a store nothing is written', async (t) => {
  const { backup, copy } = scene(t);
  const { code, stderr } = await backup(copy);
  assert.equal(code, 6);
  assert.match(stderr, /store\.unreachable/);
  assert.ok(!existsSync(copy));
});

test('what is no store, or a damaged one, is not taken for a backup', async (t) => {
  const { backup, store, copy } = scene(t);
  writeFileSync(store, 'no database at all\n'.repeat(100));
  const { code, stderr } = await backup(copy);
  assert.equal(code, 6);
  assert.match(stderr, /store\.damaged/);
  assert.ok(!existsSync(copy));
});

test('for PostgreSQL it names the program that does it', async (t) => {
  const { backup, copy } = scene(t, 'postgres://wsusbot@db.contoso.example/wsusbot');
  const { code, stderr } = await backup(copy);
  assert.equal(code, 2);
  assert.match(stderr, /pg_dump/);
});
