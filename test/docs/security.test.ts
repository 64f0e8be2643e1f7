import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const [, table = ''] = page.split('| attack | what the bot does | test |\n|---|---|---|\n');
const rows = table
  .slice(0, table.indexOf('\n\n'))
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, attack = '']) => !attack.startsWith('**'));

test('SECURITY.md names for every attack the tests that hold it, and they are there', () => {
  assert.ok(rows.length > 30, `${rows.length} rows`);
  for (const [, attack = '', does = '', tests = ''] of rows) {
    assert.notEqual(does, '', attack);
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    assert.ok(files.length > 0, attack);
    for (const file of files) assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
  }
});
