import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import { withStore } from '../../../bot/cli/open-store.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { folderWith } from '../config-folder.ts';

test('a store of an older version, at which that version may be at work, is left as it is', async (t) => {
  const file = join(folderWith(t, {}), 'store.sqlite');
  await (await openDatabase(sqliteFile(file))).destroy();
  const migrationsIn = () => {
    const sqlite = new SqliteDatabase(file);
    const rows = sqlite.prepare('select name from kysely_migration order by name').all();
    sqlite.close();
    return rows;
  };
  const sqlite = new SqliteDatabase(file);
  sqlite.exec('delete from kysely_migration where name = (select max(name) from kysely_migration)');
  sqlite.close();
  const before = migrationsIn();
  await assert.rejects(
    withStore({ store: sqliteFile(file) }, async () => assert.fail('it was opened')),
    { code: 'store.older' },
  );
  assert.deepEqual(migrationsIn(), before);
});
