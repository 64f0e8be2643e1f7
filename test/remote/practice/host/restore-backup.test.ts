import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { applyResultSchema, functionNames, restoreResultSchema } from '../../../../remote/contract.ts';
import { sha256Of } from '../../../../remote/practice/host/sha256.ts';
import { hostOf, raiseTo800 } from './practice-host.ts';

async function raised(t: TestContext) {
  const made = await hostOf(t, 'limit-too-low');
  const { before, after, parameters } = await raiseTo800(made.folder.webConfig);
  const applied = applyResultSchema.parse(await made.call(functionNames.apply, parameters));
  assert.equal(applied.outcome, 'written');
  made.steps.length = 0;
  const { ChangeId, NotAfter } = parameters;
  const restore = {
    ChangeId,
    NotAfter,
    Backup: applied.backup.name,
    Sha256Before: sha256Of(after),
    Sha256After: sha256Of(before),
  };
  return { ...made, before, after, restore };
}

test('a backup comes back byte for byte', async (t) => {
  const { call, folder, before, restore, host, steps } = await raised(t);
  const result = restoreResultSchema.parse(await call(functionNames.restore, restore));
  assert.equal(result.outcome, 'restored');
  assert.deepEqual(await readFile(folder.webConfig), before);
  assert.deepEqual(steps, ['read', 'write', 'verify-file']);
  assert.equal(host.writes, 2);
});

for (const [what, changed, reason] of [
  ['a file that moved on', { Sha256Before: '0'.repeat(64) }, 'stale'],
  [
    'a backup of another name',
    { Backup: 'Web.config.11111111-1111-4111-8111-111111111111.bak' },
    'backup-missing',
  ],
  ['a path instead of a name', { Backup: '..\\..\\Windows\\win.ini' }, 'backup-missing'],
  ['a path with slashes', { Backup: '../../Program Files/Update Services/x' }, 'backup-missing'],
  ['a backup with another hash', { Sha256After: '0'.repeat(64) }, 'backup-differs'],
] as const) {
  test(`${what} is refused: ${reason}`, async (t) => {
    const { call, folder, after, restore } = await raised(t);
    const result = restoreResultSchema.parse(await call(functionNames.restore, { ...restore, ...changed }));
    assert.equal(result.outcome === 'refused' && result.reason, reason);
    assert.deepEqual(await readFile(folder.webConfig), after);
  });
}

test('a backup that was tampered with is refused', async (t) => {
  const { call, folder, after, restore } = await raised(t);
  await writeFile(join(folder.backups, restore.Backup), 'something else');
  const result = restoreResultSchema.parse(await call(functionNames.restore, restore));
  assert.equal(result.outcome === 'refused' && result.reason, 'backup-differs');
  assert.deepEqual(await readFile(folder.webConfig), after);
});

test('a file in the folder that is not named like a backup is none', async (t) => {
  const { call, folder, before, restore } = await raised(t);
  await writeFile(join(folder.backups, 'notes.txt'), before);
  const result = restoreResultSchema.parse(
    await call(functionNames.restore, { ...restore, Backup: 'notes.txt' }),
  );
  assert.equal(result.outcome === 'refused' && result.reason, 'backup-missing');
});
