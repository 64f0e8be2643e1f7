import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createChainCheck } from '../../../bot/audit/chain-check.ts';
import { appendHead } from '../../../bot/audit/heads-file.ts';
import { keyMadeDetail } from '../../../bot/audit/known-keys.ts';
import { auditPage } from '../../../bot/store/audit-rows.ts';
import { folderWith } from '../config-folder.ts';
import { testOnBothStores } from '../store/both-stores.ts';
import { memoryStore, minutes } from '../store/sample-store.ts';
import { headOf, newKey, recordAll, sampleEvent } from './sample-audit.ts';

const scene = async (t: TestContext, entries = 5) => {
  const database = await memoryStore(t);
  const key = newKey();
  const made = sampleEvent({ kind: 'key-made', actor: null, detail: keyMadeDetail(key.publicKey) });
  await recordAll(database, [made, ...Array.from({ length: entries - 1 }, () => sampleEvent())]);
  const headsFile = join(folderWith(t, {}), 'heads.jsonl');
  const clock = { minute: 0 };
  const check = createChainCheck({ database, headsFile, now: () => minutes(clock.minute) });
  const edit = (seq: number) =>
    database.updateTable('audit').set({ kind: 'declined' }).where('seq', '=', seq).execute();
  return { database, key, headsFile, clock, check, edit };
};

test('an intact chain is intact up to its last entry, also as it grows', async (t) => {
  const { database, check } = await scene(t);
  const before = await check.state();
  assert.ok(before.intact && before.upTo.seq === 5);
  await recordAll(database, [sampleEvent(), sampleEvent()]);
  const after = await check.state();
  assert.ok(after.intact && after.upTo.seq === 7);
});

test('a chain that was edited before it was read the first time is not intact', async (t) => {
  const { check, edit } = await scene(t);
  await edit(2);
  assert.deepEqual(await check.state(), { intact: false, findings: [{ kind: 'columns-differ', seq: 2 }] });
});

test('a new entry that was edited is found at once, an old one with the next whole reading', async (t) => {
  const { database, check, edit, clock } = await scene(t);
  await check.state();
  await recordAll(database, [sampleEvent()]);
  await edit(6);
  assert.equal((await check.state()).intact, false);

  const old = await scene(t);
  await old.check.state();
  await old.edit(2);
  old.clock.minute = clock.minute + 10;
  assert.deepEqual(await old.check.state(), {
    intact: false,
    findings: [{ kind: 'columns-differ', seq: 2 }],
  });
});

testOnBothStores('an end that was cut off after it was read is missed, and is missed for good', async (t) => {
  const { database, check } = await scene(t);
  await check.state();
  const [, , third] = await auditPage(database, 0, 3);
  await database.deleteFrom('audit').where('seq', '>', 3).execute();
  await database
    .updateTable('auditHead')
    .set({ seq: 3, hash: third?.hash ?? '' })
    .execute();
  for (const entries of [0, 1]) {
    await recordAll(database, entries === 0 ? [] : [sampleEvent({ server: 'wsus02' })]);
    assert.equal((await check.state()).intact, false);
  }
  await recordAll(database, [sampleEvent(), sampleEvent()]);
  assert.deepEqual(await check.state(), {
    intact: false,
    findings: [{ kind: 'not-the-one-read', seq: 5 }],
  });
});

test('a chain is held against the signed heads', async (t) => {
  const { database, check, headsFile, key } = await scene(t);
  const rows = await auditPage(database, 0, 10);
  const last = rows.at(-1);
  assert.ok(last !== undefined);
  appendHead(headsFile, headOf({ ...last, seq: 9 }, key));
  assert.deepEqual(await check.state(), {
    intact: false,
    findings: [{ kind: 'cut-off', from: 6, to: 9 }],
  });
});

test('several who ask at once get the same answer', async (t) => {
  const { check } = await scene(t);
  const states = await Promise.all([check.state(), check.state(), check.state()]);
  assert.ok(states.every((state) => state.intact && state.upTo.seq === 5));
});
