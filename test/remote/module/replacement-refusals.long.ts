import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { backupNameOf } from '../../../remote/contract.ts';
import { withoutPowershell } from './in-module.ts';
import type { ModuleCall } from './module-process.ts';
import { ReplacementScene } from './replacement-scene.ts';

describe('finding and approving Web.config', { skip: withoutPowershell }, () => {
  let scene: ReplacementScene;
  before(async () => {
    scene = await ReplacementScene.start();
  });
  after(async () => {
    await scene.close();
  });
  beforeEach(async () => {
    await scene.reset();
  });

  test('refuses a symbolic link, and leaves it and what it points to', async () => {
    const real = join(scene.machine.folder.root, 'elsewhere.config');
    await rename(scene.webConfig, real);
    await symlink(real, scene.webConfig);
    await scene.assertRefused('file-not-readable', /^reading [^:]*Web\.config: it is a folder or a link/);
    assert.equal(await readlink(scene.webConfig), real);
    assert.deepEqual(await readFile(real), scene.low);
    await rm(real);
  });

  test('refuses a folder of that name', async () => {
    await rm(scene.webConfig);
    await mkdir(scene.webConfig);
    await scene.assertRefused('file-not-readable', /it is a folder or a link/);
  });

  test('refuses when there is no file', async () => {
    await rm(scene.webConfig);
    await scene.assertRefused('file-not-readable', /^reading .*Web\.config/);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  test('refuses a file of 5 MB', async () => {
    await rm(scene.webConfig);
    await writeFile(scene.webConfig, Buffer.concat([scene.low, Buffer.alloc(5 * 1024 * 1024, ' ')]));
    await scene.assertRefused('file-not-readable', /has 52\d{5} bytes, more than the 1048576 that are read/);
  });

  const targetDir = async (change: (targetDir: string) => string) => {
    const path = join(scene.machine.practice, 'registry.json');
    const text = await readFile(path, 'utf8');
    const registry = JSON.parse(text);
    const setup = registry['HKLM:\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup'];
    setup.TargetDir = change(setup.TargetDir);
    await writeFile(path, JSON.stringify(registry));
    return () => writeFile(path, text);
  };

  for (const end of ['', '/', '//']) {
    test(`finds the file when TargetDir has blanks and ends in "${end}"`, async () => {
      const undo = await targetDir((path) => path.replace(/\/*$/, end));
      try {
        assert.equal((await scene.apply()).outcome, 'written');
      } finally {
        await undo();
      }
    });
  }

  test('refuses when TargetDir and IIS name two places', async () => {
    const undo = await targetDir(() => join(scene.machine.folder.root, 'D'));
    try {
      await scene.assertRefused('file-not-readable', /^finding Web\.config: the registry names/);
    } finally {
      await undo();
    }
  });

  test('refuses a stale file, other bytes after the edit, a key that cannot be edited', async () => {
    await scene.assertRefused(
      'stale',
      /not the file that the plan was made for/,
      scene.applyCall(scene.raised),
    );
    await scene.assertRefused(
      'after-hash-differs',
      /other bytes than the plan/,
      scene.applyCall(scene.low, scene.low),
    );
    await writeFile(scene.machine.payload, scene.raised);
    await scene.assertRefused(
      'key-not-editable',
      /as high already/,
      scene.applyCall(scene.raised, scene.raised),
    );
    await writeFile(scene.machine.payload, scene.low);
    await scene.assertUntouched();
  });

  test('refuses after its time', async () => {
    const call = scene.applyCall();
    await scene.assertRefused('too-late', /after the time/, {
      ...call,
      parameters: { ...call.parameters, NotAfter: '2020-01-01T00:00:00.000Z' },
    });
    assert.deepEqual(await readdir(scene.data), []);
  });

  test('refuses a backup that is missing, is not one, or is not what was saved', async () => {
    await scene.apply();
    const reason = async (call?: ModuleCall) => {
      const result = await scene.restore(call);
      return result.outcome === 'refused' ? result.reason : result.outcome;
    };
    assert.equal(await reason(scene.restoreCall(backupNameOf(randomUUID()))), 'backup-missing');
    for (const name of [
      '../../../Web.config',
      'Web.config',
      `${backupNameOf(scene.changeId)}.json`,
      `x/${backupNameOf(scene.changeId)}`,
    ]) {
      assert.equal(await reason(scene.restoreCall(name)), 'backup-missing', name);
    }
    const backup = join(scene.data, 'WsusBot/backups', backupNameOf(scene.changeId));
    await rm(`${backup}.json`);
    assert.equal(await reason(), 'backup-differs');
    await writeFile(backup, scene.raised);
    assert.equal(await reason(), 'backup-differs');
    assert.deepEqual(await readFile(scene.webConfig), scene.raised);
  });
});
