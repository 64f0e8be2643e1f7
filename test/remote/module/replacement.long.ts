import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { backupNameOf } from '../../../remote/contract.ts';
import { administrators, trustedInstaller } from '../../../remote/practice/host/file-owners.ts';
import { findPowershell } from '../../../remote/practice/powershell/find-powershell.ts';
import { withoutPowershell } from './in-module.ts';
import { ModuleProcess, modulePaths } from './module-process.ts';
import { ReplacementScene } from './replacement-scene.ts';

describe('replacing Web.config', { skip: withoutPowershell }, () => {
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

  test('leaves owner, DACL and the attribute ReadOnly as they were', async () => {
    await chmod(scene.webConfig, 0o444);
    const result = await scene.apply();
    assert.ok(result.outcome === 'written');
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await readFile(scene.webConfig), scene.raised);
    assert.ok(await scene.isReadOnly());
    assert.deepEqual(await scene.machine.securityOf(scene.webConfig), trustedInstaller);
  });

  test('leaves the other hard link of the old file alone: bytes, owner, DACL and ReadOnly', async () => {
    await chmod(scene.webConfig, 0o444);
    await scene.apply();
    assert.deepEqual(await readFile(scene.machine.payload), scene.low);
    assert.deepEqual(await scene.machine.securityOf(scene.machine.payload), trustedInstaller);
    assert.ok(await scene.isReadOnly(scene.machine.payload));
    assert.equal((await stat(scene.machine.payload)).nlink, 1);
  });

  test('opens the folder when it lets no file be made in it, and closes it again', async () => {
    const closed = new ModuleProcess(scene.machine.practice, ['closed-folder.ps1']);
    const result = await scene.apply(scene.applyCall(), closed);
    await closed.close();
    assert.ok(result.outcome === 'written', JSON.stringify(result));
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await scene.machine.securityOf(scene.folder), trustedInstaller);
  });

  test('an opened folder of a killed function is told of, and closed by the next one', async () => {
    const doomed = new ModuleProcess(scene.machine.practice, ['closed-folder.ps1', 'kill-layer.ps1']);
    assert.equal(await doomed.call({ ...scene.applyCall(), killAt: 'Write-TemporaryFile out 1' }), 'killed');
    const found = await scene.activity();
    assert.ok(found.ok && found.interrupted !== null);
    const sentence = found.interrupted.leftDifferent.find((one) =>
      one.startsWith(`The owner of ${scene.folder} `),
    );
    assert.match(
      sentence ?? '',
      /and was NT SERVICE\\TrustedInstaller: icacls ".*ClientWebService" \/setowner "\*S-1-5-80-/,
    );
    await scene.apply();
    assert.deepEqual(await scene.machine.securityOf(scene.folder), trustedInstaller);
  });

  test('what a killed function left stays told until a later one can mend it', async () => {
    await scene.machine.setFaults([{ host: 'owner-not-put-back' }]);
    const doomed = new ModuleProcess(scene.machine.practice, ['kill-layer.ps1']);
    assert.equal(await doomed.call({ ...scene.applyCall(), killAt: 'Restore-Target in 1' }), 'killed');
    const killed = scene.changeId;
    const interrupted = async () => {
      const found = await scene.activity();
      assert.ok(found.ok);
      return found.interrupted;
    };
    scene.changeId = randomUUID();
    await scene.assertRefused('stale', /./);
    const left = await interrupted();
    assert.deepEqual([left?.changeId, left?.file, left?.step], [killed, 'after', 'write']);
    assert.match(left?.leftDifferent[0] ?? '', /^The owner of .*: icacls /);
    await scene.machine.setFaults([]);
    await scene.assertRefused('stale', /./);
    assert.equal(await interrupted(), null);
    assert.deepEqual(await scene.machine.securityOf(scene.webConfig), trustedInstaller);
  });

  test('restores owner, DACL and ReadOnly of the backup with its bytes', async () => {
    await chmod(scene.webConfig, 0o444);
    await scene.apply();
    await scene.machine.setSecurity(scene.webConfig, administrators.sddl);
    await chmod(scene.webConfig, 0o644);
    const result = await scene.restore();
    assert.ok(result.outcome === 'restored');
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await readFile(scene.webConfig), scene.low);
    assert.deepEqual(await scene.machine.securityOf(scene.webConfig), trustedInstaller);
    assert.ok(await scene.isReadOnly());
  });

  test('keeps the newest ten backups, and for each how the file was', async () => {
    const names: string[] = [];
    for (let round = 0; round < 12; round++) {
      scene.changeId = randomUUID();
      names.push(backupNameOf(scene.changeId));
      await scene.apply();
      await scene.restore();
    }
    const kept = await readdir(join(scene.data, 'WsusBot/backups'));
    assert.deepEqual(
      kept.sort(),
      names
        .slice(2)
        .flatMap((name) => [name, `${name}.json`])
        .sort(),
    );
  });

  test('never writes over another backup of the name', async () => {
    await scene.apply();
    await scene.restore();
    const backup = join(scene.data, 'WsusBot/backups', backupNameOf(scene.changeId));
    await writeFile(backup, 'other');
    await scene.assertRefused('file-not-writable', /another backup named/);
    assert.equal(await readFile(backup, 'utf8'), 'other');
  });

  test('closes its own folder to others, and refuses one that is not the administrators’', async () => {
    const own = join(scene.data, 'WsusBot');
    await scene.apply();
    assert.match((await scene.machine.securityOf(own)).sddl, /^O:BAG:..D:P/);
    assert.equal(
      (await scene.machine.securityOf(join(own, 'backups'))).sddl,
      (await scene.machine.securityOf(own)).sddl,
    );
    await scene.restore();
    await scene.machine.setSecurity(own, 'O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;S-1-5-21-1-2-3-1001)');
    await scene.assertRefused(
      'file-not-writable',
      /^using the folder [^:]*WsusBot: it belongs to S-1-5-21-1-2-3-1001, not to the administrators/,
    );
    await rm(own, { recursive: true });
    await symlink(scene.machine.folder.root, own);
    await scene.assertRefused('file-not-writable', /WsusBot: it is a link/);
    await rm(own);
    await scene.assertUntouched();
  });

  for (const fault of ['file-write-denied', 'file-locked', 'disk-full', 'backup-write-denied'] as const) {
    test(`refuses with everything put back: ${fault}`, async () => {
      await scene.machine.setFaults([{ host: fault }]);
      await scene.assertRefused('file-not-writable', /^(?:replacing .*Web\.config|writing the backup): ./);
      await scene.assertUntouched();
    });
  }

  test('runs alone: another one is refused, and the report says who is at work', async () => {
    await scene.machine.setFaults([{ host: 'slow-step', step: 'write', milliseconds: 600_000 }]);
    const other = new ModuleProcess(scene.machine.practice);
    const first = other.call(scene.applyCall());
    let seen = await scene.activity();
    while (!seen.ok || seen.running === null) seen = await scene.activity();
    assert.deepEqual(
      [seen.running.functionName, seen.running.changeId],
      ['Set-WsusBotLimit', scene.changeId],
    );
    assert.equal(seen.interrupted, null);
    await scene.assertRefused('busy', /^Set-WsusBotLimit is running on this server$/);
    await other.close();
    assert.equal(await first, 'killed');
    await scene.machine.setFaults([]);
    assert.equal((await scene.apply()).outcome, 'written');
  });

  test('says what it could not put back, with the command', async () => {
    await scene.machine.setFaults([{ host: 'owner-not-put-back' }]);
    const result = await scene.apply();
    assert.ok(result.outcome === 'written');
    const [owner, dacl] = result.leftDifferent.filter((sentence) =>
      sentence.includes(` ${scene.webConfig} `),
    );
    const sid = '\\*S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
    assert.match(
      owner ?? '',
      new RegExp(
        `is BUILTIN\\\\Administrators and was NT SERVICE\\\\TrustedInstaller: icacls "${scene.webConfig}" /setowner "${sid}"$`,
      ),
    );
    assert.match(
      dacl ?? '',
      new RegExp(
        `is not as it was: icacls "${scene.webConfig}" /inheritance:r /grant:r "${sid}:\\(F\\)" "\\*S-1-5-18:\\(RX\\)"`,
      ),
    );
  });

  test('puts everything back when its caller stops it', async () => {
    await chmod(scene.webConfig, 0o444);
    const powershell = findPowershell() ?? assert.fail();
    const { stdout } = await promisify(execFile)(
      powershell.file,
      [
        ...powershell.args,
        '-NoProfile',
        '-File',
        join(import.meta.dirname, 'stop-at-move.ps1'),
        ...modulePaths,
        JSON.stringify(scene.applyCall()),
      ],
      { env: { ...process.env, WSUS_BOT_PRACTICE: scene.machine.practice, DOTNET_EnableDiagnostics: '0' } },
    );
    assert.equal(stdout.trim(), 'Stopped');
    await scene.assertUntouched();
    assert.ok(await scene.isReadOnly());
  });
});
