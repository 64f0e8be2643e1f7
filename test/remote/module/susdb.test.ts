import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Database from 'better-sqlite3';

const file = readFileSync(new URL('../../../remote/module/WsusBot/susdb.ps1', import.meta.url), 'utf8');
const query = /UpdateCountsQuery = @'\n([\s\S]*?)\n'@/.exec(file)?.[1] ?? '';

/** The tables of SUSDB that the query reads, with the columns that it names, in a database at hand. */
function makeSusdb() {
  const database = new Database(':memory:');
  database.exec(`ATTACH ':memory:' AS dbo;
    CREATE TABLE dbo.vwMinimalUpdate (UpdateID, Declined, IsSuperseded);
    CREATE TABLE dbo.tbRevision (RevisionID, IsLatestRevision);
    CREATE TABLE dbo.tbProperty (RevisionID, DefaultPropertiesLanguageID);
    CREATE TABLE dbo.tbLocalizedPropertyForRevision (RevisionID, LanguageID, LocalizedPropertyID);
    CREATE TABLE dbo.tbLocalizedProperty (LocalizedPropertyID, Title);`);
  return database;
}

const detectoid = 'Product Detectoid for ProductName TestProduct';

test('updates are counted that are not declined, those of them that are superseded, and the test detectoids of KB 5121986', () => {
  const database = makeSusdb();
  const update = database.prepare('INSERT INTO dbo.vwMinimalUpdate VALUES (?, ?, ?)');
  for (const [declined, superseded, count] of [
    [0, 0, 5],
    [0, 1, 3],
    [1, 0, 2],
    [1, 1, 7],
  ]) {
    for (let number = 0; number < (count ?? 0); number++)
      update.run(`${declined}${superseded}${number}`, declined, superseded);
  }
  const revision = database.prepare('INSERT INTO dbo.tbRevision VALUES (?, ?)');
  const property = database.prepare('INSERT INTO dbo.tbProperty VALUES (?, ?)');
  const named = database.prepare('INSERT INTO dbo.tbLocalizedPropertyForRevision VALUES (?, ?, ?)');
  const title = database.prepare('INSERT INTO dbo.tbLocalizedProperty VALUES (?, ?)');
  let texts = 0;
  const add = (id: number, isLatest: 0 | 1, titles: Readonly<Record<number, string>>): void => {
    revision.run(id, isLatest);
    property.run(id, 1033);
    for (const [language, text] of Object.entries(titles)) {
      named.run(id, Number(language), ++texts);
      title.run(texts, text);
    }
  };
  add(1, 1, { 1033: `${detectoid}1` });
  add(2, 1, { 1033: `${detectoid}2`, 1031: `${detectoid}2` });
  add(3, 0, { 1033: `${detectoid}3` });
  add(4, 1, { 1033: 'Security Update', 1031: `${detectoid}4` });
  add(5, 1, { 1033: 'Product Detectoid for ProductName Windows' });

  // What this database writes otherwise; all else is the shipped text.
  const read = query.replace(/^SET TRANSACTION.*;\n/, '').replace("N'", "'");
  assert.notEqual(read, query);
  assert.deepEqual(database.prepare(read).all(), [
    { notDeclined: 8, supersededNotDeclined: 3, testDetectoids: 2 },
  ]);
});

test('the query only reads, and waits for no lock', () => {
  assert.match(query, /^SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;\nSELECT\n/);
  assert.doesNotMatch(query, /\b(?:INSERT|UPDATE|DELETE|EXEC|INTO|DROP|ALTER|CREATE|MERGE|DECLARE)\b/);
  assert.equal(query.match(/;/g)?.length, 2);
});
