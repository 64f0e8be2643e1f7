import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeKey, newKeyText, readKey } from '../../../bot/audit/audit-key.ts';
import { storedLine } from '../../../bot/audit/exported-lines.ts';
import { finishRotation, nameKey, rotateKey } from '../../../bot/audit/rotate-key.ts';
import { signHead } from '../../../bot/audit/signed-head.ts';
import { verifyAudit } from '../../../bot/audit/verify-audit.ts';
import { auditPage } from '../../../bot/store/audit-rows.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { folderWith } from '../config-folder.ts';
import { testOnBothStores } from '../store/both-stores.ts';
import { memoryStore, minutes } from '../store/sample-store.ts';
import { recordAll, sampleEvent } from './sample-audit.ts';

const isCode = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code;

const kindsIn = async (database: Database) => (await auditPage(database, 0, 100)).map(({ kind }) => kind);

test('a key is made once, with its folder, and is for its owner alone', (t) => {
  const file = join(folderWith(t, {}), 'data', 'key.pem');
  assert.equal(readKey(file), undefined);
  const made = makeKey(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(made.id, /^[0-9a-f]{64}$/);
  assert.equal(makeKey(file).id, made.id);
  assert.equal(readKey(file)?.id, made.id);
  assert.deepEqual(readdirSync(join(file, '..')), ['key.pem']);
});

test('a key that others may read is refused', (t) => {
  const file = join(folderWith(t, { 'key.pem': newKeyText() }), 'key.pem');
  for (const mode of [0o644, 0o640, 0o602]) {
    chmodSync(file, mode);
    assert.throws(() => readKey(file), isCode('audit.key-open-to-others'));
  }
});

test('a file that holds no Ed25519 key is refused, and nothing of it is said', (t) => {
  const file = join(folderWith(t, { 'key.pem': 'swordfish' }), 'key.pem');
  chmodSync(file, 0o600);
  assert.throws(
    () => readKey(file),
    (error) => isCode('audit.key-not-usable')(error) && !JSON.stringify(error).includes('swordfish'),
  );
});

testOnBothStores('the audit names a key once, however often the bot starts', async (t) => {
  const database = await memoryStore(t);
  const key = makeKey(join(folderWith(t, {}), 'key.pem'));
  await nameKey(database, key, minutes(0));
  await nameKey(database, key, minutes(1));
  assert.deepEqual(await kindsIn(database), ['key-made']);
});

testOnBothStores(
  'a key is replaced: heads of both are good in their time, and the old one is gone',
  async (t) => {
    const database = await memoryStore(t);
    const file = join(folderWith(t, {}), 'key.pem');
    const first = makeKey(file);
    await nameKey(database, first, minutes(0));
    await recordAll(database, [sampleEvent()]);
    const { old, key } = await rotateKey(database, file, minutes(1));
    await recordAll(database, [sampleEvent()]);
    assert.equal(old.id, first.id);
    assert.equal(readKey(file)?.id, key.id);
    assert.deepEqual(readdirSync(join(file, '..')), ['key.pem']);
    assert.deepEqual(await kindsIn(database), ['key-made', 'approved', 'key-rotated', 'approved']);

    const rows = await auditPage(database, 0, 100);
    const headOf = (seq: number, by: typeof old) =>
      signHead(seq, rows[seq - 1]?.hash ?? '', minutes(2), by.privateKey);
    const { findings } = await verifyAudit(rows.map(storedLine), {
      heads: [headOf(2, old), headOf(4, key)],
      trusted: { publicKey: first.publicKey },
    });
    assert.deepEqual(findings, []);
  },
);

testOnBothStores(
  'a rotation that was broken off before its entry was kept is ended at the next start',
  async (t) => {
    const database = await memoryStore(t);
    const folder = folderWith(t, {});
    const file = join(folder, 'key.pem');
    const first = makeKey(file);
    await nameKey(database, first, minutes(0));
    // As the files stand when the process dies inside the transaction.
    renameSync(file, `${file}.old`);
    const second = makeKey(file);
    await finishRotation(database, file, minutes(1));
    await finishRotation(database, file, minutes(2));
    assert.deepEqual(await kindsIn(database), ['key-made', 'key-rotated']);
    assert.equal(readKey(file)?.id, second.id);
    assert.equal(existsSync(`${file}.old`), false);
  },
);

for (const [words, put] of [
  ['before the new key was in its place', linkSync],
  ['by somebody who took the key away', renameSync],
] as const)
  test(`a rotation that was broken off ${words} keeps the old one`, async (t) => {
    const database = await memoryStore(t);
    const folder = folderWith(t, {});
    const file = join(folder, 'key.pem');
    const first = makeKey(file);
    put(file, `${file}.old`);
    await finishRotation(database, file, minutes(1));
    assert.equal(readKey(file)?.id, first.id);
    assert.deepEqual(readdirSync(folder), ['key.pem']);
    assert.deepEqual(await kindsIn(database), []);
  });

testOnBothStores('a rotation whose entry the store does not keep leaves the old key', async (t) => {
  const database = await memoryStore(t);
  const folder = folderWith(t, {});
  const file = join(folder, 'key.pem');
  const first = makeKey(file);
  await nameKey(database, first, minutes(0));
  // The files change last: what stops the transaction behind them is the store alone.
  const begin = database.transaction.bind(database);
  const mocked = t.mock.method(database, 'transaction', () => ({
    execute: (work: (transaction: Database) => Promise<unknown>) =>
      begin().execute(async (transaction) => {
        await work(transaction);
        throw new Error('the disk is full');
      }),
  }));
  await assert.rejects(rotateKey(database, file, minutes(1)), { message: 'the disk is full' });
  assert.equal(mocked.mock.callCount(), 1);
  assert.equal(readKey(file)?.id, first.id);
  assert.deepEqual(readdirSync(folder), ['key.pem']);
  assert.deepEqual(await kindsIn(database), ['key-made']);
});

test('without a key there is nothing to replace', async (t) => {
  const database = await memoryStore(t);
  const file = join(folderWith(t, {}), 'key.pem');
  await assert.rejects(rotateKey(database, file, minutes(0)), isCode('audit.key-missing'));
  writeFileSync(file, readFileSync(import.meta.filename));
  await assert.rejects(rotateKey(database, file, minutes(0)));
  assert.deepEqual(await kindsIn(database), []);
});
