import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { appendHead, readHeads } from '../../../bot/audit/heads-file.ts';
import { headLine } from '../../../bot/audit/signed-head.ts';
import { folderWith } from '../config-folder.ts';
import { headOf, newKey, sampleRows } from './sample-audit.ts';

const key = newKey();
const heads = sampleRows(3, key).map((row) => headOf(row, key));
const [first, second] = heads;
assert.ok(first !== undefined && second !== undefined);

test('heads are added, a line each, and read again in their order', async (t) => {
  const file = join(folderWith(t, {}), 'data', 'heads.jsonl');
  assert.deepEqual(await readHeads(file), []);
  for (const head of heads) appendHead(file, head);
  assert.deepEqual(await readHeads(file), heads);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, 4);
});

test('what a crash left of a line is no line, and goes with the next head', async (t) => {
  const file = join(folderWith(t, {}), 'heads.jsonl');
  for (const left of ['{"at"', headLine(second).slice(0, -1)]) {
    writeFileSync(file, `${headLine(first)}\n${left}`);
    assert.deepEqual(await readHeads(file), [first]);
    appendHead(file, second);
    assert.deepEqual(await readHeads(file), [first, second]);
  }
});

test('a file that begins with what a crash left is begun anew', async (t) => {
  const file = join(folderWith(t, { 'heads.jsonl': '{"at":"2026' }), 'heads.jsonl');
  appendHead(file, first);
  assert.equal(readFileSync(file, 'utf8'), `${headLine(first)}\n`);
});

test('a line that is no head keeps its place among them', async (t) => {
  const file = join(folderWith(t, { 'heads.jsonl': `${headLine(first)}\nrubbish\n` }), 'heads.jsonl');
  appendHead(file, second);
  assert.deepEqual(await readHeads(file), [first, undefined, second]);
  appendFileSync(file, 'x'.repeat(5_000));
  appendHead(file, second);
  assert.equal((await readHeads(file)).length, 4);
});

test('a head that was copied without its line end counts', async (t) => {
  const file = join(folderWith(t, { 'heads.jsonl': headLine(first) }), 'heads.jsonl');
  assert.deepEqual(await readHeads(file), [first]);
});
