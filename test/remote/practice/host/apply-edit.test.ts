import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { applyResultSchema, functionNames } from '../../../../remote/contract.ts';
import { sha256Of } from '../../../../remote/practice/host/sha256.ts';
import { hostOf, raiseTo800, startOfTest } from './practice-host.ts';

test('the file is replaced by exactly the approved bytes, with a backup of the old ones', async (t) => {
  const { call, folder, host, steps } = await hostOf(t, 'limit-too-low');
  const { before, after, parameters } = await raiseTo800(folder.webConfig);
  const result = applyResultSchema.parse(await call(functionNames.apply, parameters));
  assert.deepEqual(result, {
    outcome: 'written',
    backup: {
      name: `Web.config.${parameters.ChangeId}.bak`,
      path: `C:\\ProgramData\\WsusBot\\backups\\Web.config.${parameters.ChangeId}.bak`,
      sha256: sha256Of(before),
    },
    sha256: sha256Of(after),
    writtenAt: startOfTest.toISOString(),
    leftDifferent: [],
  });
  assert.deepEqual(await readFile(folder.webConfig), after);
  assert.deepEqual(await readFile(join(folder.backups, `Web.config.${parameters.ChangeId}.bak`)), before);
  assert.deepEqual(steps, ['read', 'backup', 'write', 'verify-file']);
  assert.equal(host.writes, 1);
});

test('the file system time of the new file is the time of the server', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  await call(functionNames.apply, (await raiseTo800(folder.webConfig)).parameters);
  assert.equal((await stat(folder.webConfig)).mtime.toISOString(), startOfTest.toISOString());
});

test('the other hard link of the file keeps the old bytes', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  assert.equal((await stat(folder.webConfig)).nlink, 2);
  await call(functionNames.apply, parameters);
  const [component] = await readdir(join(folder.root, 'Windows/WinSxS'));
  assert.ok(component !== undefined);
  assert.deepEqual(await readFile(join(folder.root, 'Windows/WinSxS', component, 'Web.config')), before);
  assert.equal((await stat(folder.webConfig)).nlink, 1);
});

test('the effective limit stays until a restart', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  await call(functionNames.apply, (await raiseTo800(folder.webConfig)).parameters);
  assert.equal(host.effectiveLimits.maxInstalledPrerequisites, 400);
});

test('both limits are raised in one write', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  const both = before.toString('latin1').replace('"400"', '"800"').replace('"22000"', '"44000"');
  await call(functionNames.apply, {
    ...parameters,
    MaxCachedUpdates: 44000,
    Sha256After: sha256Of(Buffer.from(both, 'latin1')),
  });
  assert.equal(await readFile(folder.webConfig, 'latin1'), both);
  assert.equal(host.writes, 1);
});

test('a file that moved on is stale and stays as it is', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  const moved = Buffer.concat([before, Buffer.from(' ')]);
  await writeFile(folder.webConfig, moved);
  await assertRefused(call(functionNames.apply, parameters), 'stale');
  assert.deepEqual(await readFile(folder.webConfig), moved);
  assert.equal(host.writes, 0);
});

test('a second call for the same change is stale', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { parameters } = await raiseTo800(folder.webConfig);
  await call(functionNames.apply, parameters);
  await assertRefused(call(functionNames.apply, parameters), 'stale');
  assert.equal(host.writes, 1);
});

test('a plan for other bytes than this server works out is refused', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  await assertRefused(
    call(functionNames.apply, { ...parameters, MaxInstalledPrerequisites: 900 }),
    'after-hash-differs',
  );
  assert.deepEqual(await readFile(folder.webConfig), before);
  assert.deepEqual(await readdir(folder.backups), []);
});

test('a missing key is refused with its reason', async (t) => {
  const { call, folder } = await hostOf(t, 'key-missing');
  const { parameters } = await raiseTo800(folder.webConfig);
  const result = applyResultSchema.parse(await call(functionNames.apply, parameters));
  assert.deepEqual(result, {
    outcome: 'refused',
    reason: 'key-not-editable',
    text: 'maxInstalledPrerequisites is not in appSettings',
  });
});

for (const [fault, reason] of [
  ['file-read-denied', 'file-not-readable'],
  ['file-write-denied', 'file-not-writable'],
  ['backup-write-denied', 'file-not-writable'],
] as const) {
  test(`with ${fault} the answer is ${reason} and nothing is left behind`, async (t) => {
    const { call, folder, host } = await hostOf(t, 'limit-too-low');
    const { before, parameters } = await raiseTo800(folder.webConfig);
    host.setFaults([{ host: fault }], before);
    await assertRefused(call(functionNames.apply, parameters), reason);
    assert.deepEqual(await readFile(folder.webConfig), before);
    assert.deepEqual(await readdir(dirname(folder.webConfig)), ['Web.config']);
  });
}

test('a file that changes between the backup and the write is stale', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { parameters } = await raiseTo800(folder.webConfig);
  const original = host.atStep.bind(host);
  t.mock.method(host, 'atStep', async (name: string, step: 'write') => {
    if (step === 'write') await writeFile(folder.webConfig, 'somebody else was here');
    await original(name, step);
  });
  await assertRefused(call(functionNames.apply, parameters), 'stale');
  assert.equal(await readFile(folder.webConfig, 'utf8'), 'somebody else was here');
});

test('a fault at a step stops the function before that step', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  host.setFaults([{ host: 'error-at-step', step: 'write', text: 'the disk is gone' }], before);
  await assert.rejects(call(functionNames.apply, parameters), { message: 'the disk is gone' });
  assert.deepEqual(await readFile(folder.webConfig), before);
});

test('a slow step waits after it was announced, and only in the function it is set for', async (t) => {
  const { call, folder, host, waits } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  host.setFaults(
    [{ host: 'slow-step', step: 'read', milliseconds: 700, functionName: functionNames.apply }],
    before,
  );
  await call(functionNames.report);
  assert.deepEqual(waits, []);
  await call(functionNames.apply, parameters);
  assert.deepEqual(waits, [700]);
});

test('of the backups the newest ten are kept', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  for (let round = 0; round < 6; round++) {
    const up = await raiseTo800(folder.webConfig);
    await call(functionNames.apply, up.parameters);
    const down = { ...up.parameters, ChangeId: randomUUID(), MaxInstalledPrerequisites: 400 };
    await call(functionNames.apply, {
      ...down,
      Sha256Before: sha256Of(up.after),
      Sha256After: sha256Of(up.before),
    });
  }
  assert.equal((await readdir(folder.backups)).length, 10);
});

test('a backup is never written over', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  const { parameters, before } = await raiseTo800(folder.webConfig);
  await writeFile(join(folder.backups, `Web.config.${parameters.ChangeId}.bak`), 'other');
  await assertRefused(call(functionNames.apply, parameters), 'file-not-writable');
  assert.deepEqual(await readFile(folder.webConfig), before);
});

async function assertRefused(result: Promise<unknown>, reason: string): Promise<void> {
  const parsed = applyResultSchema.parse(await result);
  assert.equal(parsed.outcome, 'refused');
  assert.equal(parsed.reason, reason);
}
