import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { withoutPowershell } from './in-module.ts';
import { KillScene } from './kill-scene.ts';

/** A fair sample of the crossings between two functions; kill.long.ts goes through all. */
const sample = {
  'Set-WsusBotLimit': [
    ['Start-Journal out 1', 'before'],
    ['Grant-WindowsFileAccess out 1', 'before'],
    ['Write-TemporaryFile out 1', 'before'],
    ['Restore-Target in 1', 'after'],
    ['Complete-Journal out 1', 'after'],
  ],
  'Restore-WsusBotBackup': [
    ['Set-WindowsFileSecurity out 1', 'before'],
    ['Restore-Target out 1', 'after'],
  ],
} as const;

describe('a function whose process is killed', { skip: withoutPowershell }, () => {
  let scene: KillScene;
  before(async () => {
    scene = await KillScene.start();
  });
  after(async () => {
    await scene.close();
  });

  for (const name of ['Set-WsusBotLimit', 'Restore-WsusBotBackup'] as const) {
    for (const [crossing, file] of sample[name]) {
      test(`${name} at ${crossing}: the file is the one ${file}, the report says so, the next function mends`, async () => {
        await scene.prepare(name);
        assert.equal(await scene.killAt(name, crossing), 'killed');
        assert.equal(await scene.assertTruth(name), file);
        await scene.assertMends(file, name);
      });
    }
  }
});
