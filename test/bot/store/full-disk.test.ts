import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve as decide } from '../../../bot/store/decide.ts';
import { claim, journalStep, renew } from '../../../bot/store/lease.ts';
import { checkStore } from '../../../bot/store/migrate.ts';
import { type Database, openDatabase } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { StoreError } from '../../../bot/store/store-error.ts';
import { approver } from '../changes/sample-change.ts';
import { approved, minutes, newPlan, proposed } from './sample-store.ts';

const folder = (t: TestContext): string => {
  const path = mkdtempSync(join(tmpdir(), 'wsus-bot-full-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** A file system of its own. */
const smallDisk = (t: TestContext, size: string): string => {
  const disk = mkdtempSync(join(tmpdir(), 'wsus-bot-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], {
    encoding: 'utf8',
  });
  assert.equal(mounted.status, 0, mounted.stderr);
  t.after(() => {
    spawnSync('umount', ['--lazy', disk]);
    rmdirSync(disk);
  });
  return disk;
};

const full = { name: 'StoreError', code: 'store.full', outcome: 'not-sent' };

/** Writes proposals until the store has no room for another. */
const fill = async (database: Database): Promise<void> => {
  for (;;) {
    try {
      await proposed(database, newPlan(`filler${Math.random()}`));
    } catch (error) {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, 'store.full');
      return;
    }
  }
};

const approve = (database: Database, id: string) =>
  decide(database, id, { planHash: planHash(newPlan()), person: approver, at: minutes(1) }, { needed: 1 });

/** What a full store must do, and must do again when there is room. */
const staysTrue = async (database: Database, makeRoom: () => Promise<void> | void): Promise<void> => {
  const id = await proposed(database, newPlan('wsus01'));
  const running = await approved(database, newPlan('wsus02'));
  const lease = await claim(database, running, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await fill(database);
  const long = { words: 'x'.repeat(100_000) };
  await assert.rejects(journalStep(database, lease, 'read', 'started', minutes(3), long), full);
  assert.deepEqual((await findChange(database, running))?.steps, [], 'nothing of it is kept');
  assert.equal((await findChange(database, id))?.state, 'proposed', 'reading goes on');
  await makeRoom();
  await checkStore(database);
  assert.equal(await approve(database, id), 'approved');
  await renew(database, lease, minutes(9));
  await journalStep(database, lease, 'read', 'started', minutes(3), long);
  assert.equal((await findChange(database, running))?.steps.length, 1);
};

test('a full store refuses, keeps nothing by halves, and goes on when there is room', async (t) => {
  const database = await openDatabase(sqliteFile(join(folder(t), 'store.sqlite')));
  t.after(() => database.destroy());
  const limit = (pages: number) => sql`pragma max_page_count = ${sql.raw(String(pages))}`.execute(database);
  await limit(90);
  await staysTrue(database, async () => {
    await limit(100_000);
  });
});

const mayMount = process.getuid?.() === 0;

test('a disk that is really full is met the same way', {
  skip: mayMount ? false : 'a file system of its own needs root',
}, async (t) => {
  const disk = smallDisk(t, '1m');
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(400_000));
  const database = await openDatabase(sqliteFile(join(disk, 'store.sqlite')));
  await staysTrue(database, () => rmSync(join(disk, 'ballast')));
  await database.destroy();
});

test('a disk that is full when the bot starts is named', {
  skip: mayMount ? false : 'a file system of its own needs root',
}, async (t) => {
  const disk = smallDisk(t, '64k');
  await assert.rejects(openDatabase(sqliteFile(join(disk, 'store.sqlite'))), { code: 'store.full' });
});
