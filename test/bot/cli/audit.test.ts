import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeKey, readKey } from '../../../bot/audit/audit-key.ts';
import { nameKey } from '../../../bot/audit/rotate-key.ts';
import { exitCodes } from '../../../bot/cli/exit-codes.ts';
import { type Database, openDatabase } from '../../../bot/store/open-database.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { recordAll, sampleEvent } from '../audit/sample-audit.ts';
import { folderWith } from '../config-folder.ts';
import { minutes } from '../store/sample-store.ts';
import { runHere } from './run-here.ts';

/** A folder with a configuration, and the store of a bot that ran there. */
const scene = async (t: TestContext, entries = 9) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': 'autoCheck: true\n' });
  const keyFile = join(folder, 'data', 'audit-key.pem');
  const inStore = async (use: (database: Database) => Promise<unknown>) => {
    const database = await openDatabase(sqliteFile(join(folder, 'data', 'wsus-bot.sqlite')));
    await use(database);
    await database.destroy();
  };
  await inStore(async (database) => {
    await nameKey(database, makeKey(keyFile), minutes(0));
    await recordAll(
      database,
      Array.from({ length: entries - 1 }, () => sampleEvent()),
    );
  });
  const path = (name: string) => join(folder, name);
  const audit = (...args: string[]) => runHere(['audit', ...args, '--config', path('wsus-bot.yaml')]);
  return { audit, inStore, path, keyFile };
};

test('an audit that is as it was written ends with 0', async (t) => {
  const { audit } = await scene(t);
  await audit('head');
  const { code, stdout } = await audit('verify');
  assert.match(stdout, /^✓ entries 1 to 9 are as they were written; the last hash is [0-9a-f]{64}\n/);
  assert.match(stdout, /1 signed head, the last for entry 9/);
  assert.equal(code, 0);
});

test('a row that was edited by hand is named, with an exit code of its own', async (t) => {
  const { audit, inStore } = await scene(t);
  await inStore((database) =>
    database
      .updateTable('audit')
      .set((columns) => ({
        entryJson: columns.fn('replace', ['entryJson', columns.val('Alex'), columns.val('Adam')]),
      }))
      .where('seq', '=', 4)
      .execute(),
  );
  const { code, stdout } = await audit('verify');
  assert.match(stdout, /^✕ entry 4 was changed: its hash is not that of its text\n/);
  assert.equal(code, exitCodes.auditBroken);
});

test('with --json the findings are a document', async (t) => {
  const { audit, inStore } = await scene(t);
  await inStore((database) => database.deleteFrom('audit').where('seq', 'in', [5, 6]).execute());
  const { code, stdout } = await audit('verify', '--json');
  const document = JSON.parse(stdout);
  assert.equal(document.intact, false);
  assert.deepEqual(document.findings, [
    { kind: 'missing', from: 5, to: 6, text: 'entries 5 to 6 are missing' },
  ]);
  assert.equal(code, exitCodes.auditBroken);
});

test('an export is verified by itself, with heads and a public key from elsewhere', async (t) => {
  const { audit, path, keyFile } = await scene(t);
  const head = await audit('head');
  writeFileSync(path('kept-heads.jsonl'), head.stdout);
  const publicKey = createPublicKey(readFileSync(keyFile)).export({ type: 'spki', format: 'pem' });
  writeFileSync(path('public.pem'), publicKey);
  assert.equal((await audit('export', '--format', 'jsonl', '--out', path('a.jsonl'))).code, 0);
  const args = ['verify', '--file', path('a.jsonl'), '--heads', path('kept-heads.jsonl')];
  assert.equal((await audit(...args, '--public-key', path('public.pem'))).code, 0);
  assert.equal((await audit(...args, '--key-id', readKey(keyFile)?.id.slice(0, 16) ?? '')).code, 0);

  const lines = readFileSync(path('a.jsonl'), 'utf8').split('\n');
  writeFileSync(path('a.jsonl'), `${lines.slice(0, 7).join('\n')}\n`);
  const cut = await audit(...args);
  assert.match(cut.stdout, /the end was cut off: entries 8 to 9 are missing/);
  assert.equal(cut.code, exitCodes.auditBroken);
});

test('a part of an export is verified from the number that it begins with', async (t) => {
  const { audit, path, keyFile } = await scene(t);
  await audit('export', '--format', 'jsonl', '--from', '4', '--out', path('a.jsonl'));
  writeFileSync(path('heads.jsonl'), (await audit('head')).stdout);
  const publicKey = createPublicKey(readFileSync(keyFile)).export({ type: 'spki', format: 'pem' });
  writeFileSync(path('public.pem'), publicKey);
  const heads = ['--heads', path('heads.jsonl'), '--public-key', path('public.pem')];
  assert.equal((await audit('verify', '--file', path('a.jsonl'), '--from', '4', ...heads)).code, 0);
  assert.equal((await audit('verify', '--file', path('a.jsonl'), '--from', '4')).code, 0);
  assert.match((await audit('verify', '--file', path('a.jsonl'))).stdout, /entries 1 to 3 are missing/);
});

test('an export goes to standard output, as JSON lines or as CEF', async (t) => {
  const { audit } = await scene(t, 3);
  const jsonl = await audit('export', '--format', 'jsonl');
  assert.deepEqual(
    jsonl.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).entry.seq),
    [1, 2, 3],
  );
  const cef = await audit('export', '--format', 'cef', '--from', '3');
  assert.match(cef.stdout, /^CEF:0\|WSUS Bot\|WSUS Bot\|[\d.]+\|approved\|[^\n]+\n$/);
});

test('a row that is no entry is left out of CEF, and said', async (t) => {
  const { audit, inStore } = await scene(t, 3);
  await inStore((database) =>
    database.updateTable('audit').set({ entryJson: '' }).where('seq', '=', 2).execute(),
  );
  const { code, stdout, stderr } = await audit('export', '--format', 'cef');
  assert.equal(stdout.trimEnd().split('\n').length, 2);
  assert.match(stderr, /1 row is no entry and left out/);
  assert.equal(code, exitCodes.auditBroken);
});

test('no head is signed over an audit that was edited', async (t) => {
  const { audit, inStore } = await scene(t);
  await inStore((database) => database.updateTable('audit').set({ hash: '' }).where('seq', '=', 2).execute());
  const { code, stdout, stderr } = await audit('head');
  assert.equal(stdout, '');
  assert.match(stderr, /nothing is signed[\s\S]*entry 2 was changed/);
  assert.equal(code, exitCodes.auditBroken);
});

test('a replaced key is said with the id of the new one, and old heads stay good', async (t) => {
  const { audit, keyFile } = await scene(t);
  const before = readKey(keyFile)?.id;
  await audit('head');
  const { code, stdout } = await audit('rotate-key', '--json');
  assert.deepEqual(JSON.parse(stdout), { oldKeyId: before, keyId: readKey(keyFile)?.id });
  assert.equal(code, 0);
  await audit('head');
  assert.equal((await audit('verify', '--key-id', before ?? '')).code, 0);
});

test('without a store there is nothing to verify, and none is made', async (t) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': '' });
  for (const args of [['verify'], ['export', '--format', 'cef'], ['head'], ['rotate-key']]) {
    const { code, stderr } = await runHere(['audit', ...args, '--config', join(folder, 'wsus-bot.yaml')]);
    assert.match(stderr, /there is no such file \(cli\.file-not-readable\)/);
    assert.equal(code, 5);
  }
});

for (const [args, words] of [
  [['audit'], /audit is the first word of: audit verify, audit export, audit head, audit rotate-key/],
  [['audit', 'export'], /--format jsonl or --format cef/],
  [['audit', 'export', '--format', 'constructor'], /--format jsonl or --format cef/],
  [['audit', 'verify', '--from', '3'], /--from goes with --file/],
  [['audit', 'verify', '--file', 'x', '--from', '0'], /--from expects a number from 1, not 0/],
  [['audit', 'verify', '--key-id', 'xyz'], /16 to 64 hex digits/],
  [['audit', 'verify', '--public-key', 'x', '--key-id', 'y'], /one of them is expected/],
  [['audit', 'verify', '--public-key', 'package.json'], /no Ed25519 public key/],
] as const)
  test(`"${args.join(' ')}" is answered with what is expected`, async () => {
    const { code, stderr } = await runHere(args);
    assert.match(stderr, words);
    assert.equal(code, 2);
  });

test('each of the commands explains itself', async () => {
  const { stdout } = await runHere(['help', 'audit', 'verify']);
  assert.match(stdout, /^Usage: wsus-bot audit verify /);
  assert.match(stdout, /--key-id ID/);
});
