import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { migrations } from '../../../bot/store/migrations/migrations.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { approved, proposed } from './sample-store.ts';

const folder = (t: TestContext): string => {
  const path = mkdtempSync(join(tmpdir(), 'wsus-bot-store-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

test('a missing file and its folder are made, and every migration is run', async (t) => {
  const database = await openDatabase(sqliteFile(join(folder(t), 'deep', 'store.sqlite')));
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database,
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    Object.keys(migrations),
  );
  await database.destroy();
});

test('a file is opened again with what it holds', async (t) => {
  const path = join(folder(t), 'store.sqlite');
  const first = await openDatabase(sqliteFile(path));
  const id = await proposed(first);
  await first.destroy();
  const second = await openDatabase(sqliteFile(path));
  assert.equal((await findChange(second, id))?.state, 'proposed');
  await second.destroy();
});

test('what is written is on the disk before the write returns, and other processes may read meanwhile', async (t) => {
  const database = await openDatabase(sqliteFile(join(folder(t), 'store.sqlite')));
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(database);
    return Object.values(rows[0] ?? {})[0];
  };
  assert.equal(await pragma('journal_mode'), 'wal');
  assert.equal(await pragma('synchronous'), 2);
  assert.equal(await pragma('foreign_keys'), 1);
  await database.destroy();
});

test('the store itself holds that one change at a time holds a server', async (t) => {
  const database = await openDatabase(sqliteFile(join(folder(t), 'store.sqlite')));
  await approved(database);
  const second = await proposed(database);
  await assert.rejects(
    database.updateTable('changes').set({ holdsLock: 1 }).where('id', '=', second).execute(),
    /UNIQUE/,
  );
  await database.destroy();
});

test('a file that is no store is refused and left as it is', async (t) => {
  const path = join(folder(t), 'store.sqlite');
  const text = 'this is a text that somebody wrote, and no database at all\n'.repeat(20);
  writeFileSync(path, text);
  await assert.rejects(openDatabase(sqliteFile(path)), { code: 'store.damaged' });
  assert.equal(readFileSync(path, 'utf8'), text);
});

test('a store that a newer version has migrated is refused', async (t) => {
  const path = join(folder(t), 'store.sqlite');
  const database = await openDatabase(sqliteFile(path));
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', 'then')`.execute(database);
  await database.destroy();
  await assert.rejects(openDatabase(sqliteFile(path)), { code: 'store.newer' });
});
