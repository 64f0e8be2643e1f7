import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import {
  applyResultSchema,
  backupNameOf,
  reportSchema,
  restoreResultSchema,
} from '../../../remote/contract.ts';
import { administrators, trustedInstaller } from '../../../remote/practice/host/file-owners.ts';
import { sha256Of } from '../../../remote/practice/host/sha256.ts';
import { findPowershell } from '../../../remote/practice/powershell/find-powershell.ts';
import { withoutPowershell } from './in-module.ts';
import { type ModuleCall, ModuleProcess, modulePaths } from './module-process.ts';
import { PracticeMachine } from './practice-machine.ts';

const notAfter = '2099-01-01T00:00:00Z';
const isReadOnly = async (path: string) => ((await stat(path)).mode & 0o222) === 0;

describe('replacing Web.config', { skip: withoutPowershell }, () => {
  let machine: PracticeMachine;
  let shell: ModuleProcess;
  let closedFolder: ModuleProcess;
  let low: Buffer;
  let raised: Buffer;
  let webConfig: string;
  let folder: string;
  let data: string;
  let changeId: string;

  before(async () => {
    machine = await PracticeMachine.start();
    webConfig = machine.folder.webConfig;
    folder = dirname(webConfig);
    data = join(machine.folder.root, 'ProgramData');
    low = await readFile(webConfig);
    raised = Buffer.from(low.toString('latin1').replace('"400"', '"800"'), 'latin1');
    shell = new ModuleProcess(machine.practice);
    closedFolder = new ModuleProcess(machine.practice, ['closed-folder.ps1', 'kill-layer.ps1']);
  });
  after(async () => {
    await Promise.all([shell.close(), closedFolder.close()]);
    await machine.close();
  });
  beforeEach(async () => {
    changeId = randomUUID();
    await machine.setFaults([]);
    await rm(webConfig, { recursive: true, force: true });
    await writeFile(machine.payload, low);
    await chmod(machine.payload, 0o644);
    await link(machine.payload, webConfig);
    await machine.setSecurity(webConfig, trustedInstaller.sddl);
    await machine.setSecurity(folder, trustedInstaller.sddl);
    for (const left of await readdir(data)) await rm(join(data, left), { recursive: true });
  });

  const applyCall = (from = low, to = raised): ModuleCall => ({
    name: 'Set-WsusBotLimit',
    parameters: {
      ChangeId: changeId,
      NotAfter: notAfter,
      Sha256Before: sha256Of(from),
      Sha256After: sha256Of(to),
      MaxInstalledPrerequisites: 800,
    },
  });
  const restoreCall = (backup = backupNameOf(changeId)): ModuleCall => ({
    name: 'Restore-WsusBotBackup',
    parameters: {
      ChangeId: changeId,
      NotAfter: notAfter,
      Sha256Before: sha256Of(raised),
      Sha256After: sha256Of(low),
      Backup: backup,
    },
  });
  async function run(call: ModuleCall, process = shell): Promise<unknown> {
    const answer = await process.call(call);
    assert.ok(answer !== 'killed' && answer.result !== undefined, JSON.stringify(answer));
    return JSON.parse(answer.result);
  }
  const apply = async (call = applyCall(), process = shell) =>
    applyResultSchema.parse(await run(call, process));
  const restore = async (call = restoreCall()) => restoreResultSchema.parse(await run(call));
  const activity = async () =>
    reportSchema.parse(await run({ name: 'Get-WsusBotReport', parameters: { Brief: true } })).activity;
  /** Nothing has changed, and nothing is left lying about. */
  async function assertUntouched(): Promise<void> {
    assert.deepEqual(await readFile(webConfig), low);
    assert.equal((await machine.securityOf(webConfig)).sddl, trustedInstaller.sddl);
    assert.equal((await machine.securityOf(folder)).sddl, trustedInstaller.sddl);
    assert.deepEqual(await readdir(folder), ['Web.config']);
    assert.deepEqual(await activity(), { ok: true, running: null, interrupted: null });
  }
  async function assertRefused(reason: string, text: RegExp, call = applyCall()): Promise<void> {
    const result = await apply(call);
    assert.ok(result.outcome === 'refused', JSON.stringify(result));
    assert.equal(result.reason, reason);
    assert.match(result.text, text);
  }

  test('leaves owner, DACL and the attribute ReadOnly as they were', async () => {
    await chmod(webConfig, 0o444);
    const result = await apply();
    assert.ok(result.outcome === 'written');
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await readFile(webConfig), raised);
    assert.ok(await isReadOnly(webConfig));
    assert.deepEqual(await machine.securityOf(webConfig), trustedInstaller);
  });

  test('leaves the other hard link of the old file alone: bytes, owner, DACL and ReadOnly', async () => {
    await chmod(webConfig, 0o444);
    await apply();
    assert.deepEqual(await readFile(machine.payload), low);
    assert.deepEqual(await machine.securityOf(machine.payload), trustedInstaller);
    assert.ok(await isReadOnly(machine.payload));
    assert.equal((await stat(machine.payload)).nlink, 1);
  });

  test('opens the folder when it lets no file be made in it, and closes it again', async () => {
    const result = await apply(applyCall(), closedFolder);
    assert.ok(result.outcome === 'written', JSON.stringify(result));
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await machine.securityOf(folder), trustedInstaller);
  });

  test('an opened folder of a killed function is told of, and closed by the next one', async () => {
    const doomed = new ModuleProcess(machine.practice, ['closed-folder.ps1', 'kill-layer.ps1']);
    assert.equal(await doomed.call({ ...applyCall(), killAt: 'Write-TemporaryFile out 1' }), 'killed');
    const found = await activity();
    assert.ok(found.ok && found.interrupted !== null);
    const sentence = found.interrupted.leftDifferent.find((one) => one.startsWith(`The owner of ${folder} `));
    assert.match(
      sentence ?? '',
      /and was NT SERVICE\\TrustedInstaller: icacls ".*ClientWebService" \/setowner "\*S-1-5-80-/,
    );
    await apply();
    assert.deepEqual(await machine.securityOf(folder), trustedInstaller);
  });

  test('restores owner, DACL and ReadOnly of the backup with its bytes', async () => {
    await chmod(webConfig, 0o444);
    await apply();
    await machine.setSecurity(webConfig, administrators.sddl);
    await chmod(webConfig, 0o644);
    const result = await restore();
    assert.ok(result.outcome === 'restored');
    assert.deepEqual(result.leftDifferent, []);
    assert.deepEqual(await readFile(webConfig), low);
    assert.deepEqual(await machine.securityOf(webConfig), trustedInstaller);
    assert.ok(await isReadOnly(webConfig));
  });

  test('refuses a symbolic link, and leaves it and what it points to', async () => {
    const real = join(machine.folder.root, 'elsewhere.config');
    await rename(webConfig, real);
    await symlink(real, webConfig);
    await assertRefused('file-not-readable', /^reading [^:]*Web\.config: it is a folder or a link/);
    assert.equal(await readlink(webConfig), real);
    assert.deepEqual(await readFile(real), low);
    await rm(real);
  });

  test('refuses a folder of that name', async () => {
    await rm(webConfig);
    await mkdir(webConfig);
    await assertRefused('file-not-readable', /it is a folder or a link/);
  });

  test('refuses when there is no file', async () => {
    await rm(webConfig);
    await assertRefused('file-not-readable', /^reading .*Web\.config/);
    assert.deepEqual(await readdir(folder), []);
  });

  test('refuses a file of 5 MB', async () => {
    await rm(webConfig);
    await writeFile(webConfig, Buffer.concat([low, Buffer.alloc(5 * 1024 * 1024, ' ')]));
    await assertRefused('file-not-readable', /has 52\d{5} bytes, more than the 1048576 that are read/);
  });

  const targetDir = async (change: (targetDir: string) => string) => {
    const path = join(machine.practice, 'registry.json');
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
        assert.equal((await apply()).outcome, 'written');
      } finally {
        await undo();
      }
    });
  }

  test('refuses when TargetDir and IIS name two places', async () => {
    const undo = await targetDir(() => join(machine.folder.root, 'D'));
    try {
      await assertRefused('file-not-readable', /^finding Web\.config: the registry names/);
    } finally {
      await undo();
    }
  });

  test('refuses a stale file, other bytes after the edit, a key that cannot be edited', async () => {
    await assertRefused('stale', /not the file that the plan was made for/, applyCall(raised));
    await assertRefused('after-hash-differs', /other bytes than the plan/, applyCall(low, low));
    await writeFile(machine.payload, raised);
    await assertRefused('key-not-editable', /as high already/, applyCall(raised, raised));
    await writeFile(machine.payload, low);
    await assertUntouched();
  });

  test('refuses after its time', async () => {
    const call = applyCall();
    await assertRefused('too-late', /after the time/, {
      ...call,
      parameters: { ...call.parameters, NotAfter: '2020-01-01T00:00:00.000Z' },
    });
    assert.deepEqual(await readdir(data), []);
  });

  test('refuses a backup that is missing, is not one, or is not what was saved', async () => {
    await apply();
    const reason = async (call?: ModuleCall) => {
      const result = await restore(call);
      return result.outcome === 'refused' ? result.reason : result.outcome;
    };
    assert.equal(await reason(restoreCall(backupNameOf(randomUUID()))), 'backup-missing');
    for (const name of [
      '../../../Web.config',
      'Web.config',
      `${backupNameOf(changeId)}.json`,
      `x/${backupNameOf(changeId)}`,
    ]) {
      assert.equal(await reason(restoreCall(name)), 'backup-missing', name);
    }
    const backup = join(data, 'WsusBot/backups', backupNameOf(changeId));
    await rm(`${backup}.json`);
    assert.equal(await reason(), 'backup-differs');
    await writeFile(backup, raised);
    assert.equal(await reason(), 'backup-differs');
    assert.deepEqual(await readFile(webConfig), raised);
  });

  test('keeps the newest ten backups, and for each how the file was', async () => {
    const names: string[] = [];
    for (let round = 0; round < 12; round++) {
      changeId = randomUUID();
      names.push(backupNameOf(changeId));
      await apply();
      await restore();
    }
    const kept = await readdir(join(data, 'WsusBot/backups'));
    assert.deepEqual(
      kept.sort(),
      names
        .slice(2)
        .flatMap((name) => [name, `${name}.json`])
        .sort(),
    );
  });

  test('never writes over another backup of the name', async () => {
    await apply();
    await restore();
    const backup = join(data, 'WsusBot/backups', backupNameOf(changeId));
    await writeFile(backup, 'other');
    await assertRefused('file-not-writable', /another backup named/);
    assert.equal(await readFile(backup, 'utf8'), 'other');
  });

  test('closes its own folder to others, and refuses one that is not the administrators’', async () => {
    const own = join(data, 'WsusBot');
    await apply();
    assert.match((await machine.securityOf(own)).sddl, /^O:BAG:..D:P/);
    assert.equal((await machine.securityOf(join(own, 'backups'))).sddl, (await machine.securityOf(own)).sddl);
    await restore();
    await machine.setSecurity(own, 'O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;S-1-5-21-1-2-3-1001)');
    await assertRefused(
      'file-not-writable',
      /^using the folder [^:]*WsusBot: it belongs to S-1-5-21-1-2-3-1001, not to the administrators/,
    );
    await rm(own, { recursive: true });
    await symlink(machine.folder.root, own);
    await assertRefused('file-not-writable', /WsusBot: it is a link/);
    await rm(own);
    await assertUntouched();
  });

  for (const fault of ['file-write-denied', 'file-locked', 'disk-full', 'backup-write-denied'] as const) {
    test(`refuses with everything put back: ${fault}`, async () => {
      await machine.setFaults([{ host: fault }]);
      await assertRefused('file-not-writable', /^(?:replacing .*Web\.config|writing the backup): ./);
      await assertUntouched();
    });
  }

  test('runs alone: another one is refused, and the report says who is at work', async () => {
    await machine.setFaults([{ host: 'slow-step', step: 'write', milliseconds: 600_000 }]);
    const other = new ModuleProcess(machine.practice);
    const first = other.call(applyCall());
    let seen = await activity();
    while (!seen.ok || seen.running === null) seen = await activity();
    assert.deepEqual([seen.running.functionName, seen.running.changeId], ['Set-WsusBotLimit', changeId]);
    assert.equal(seen.interrupted, null);
    await assertRefused('busy', /^Set-WsusBotLimit is running on this server$/);
    await other.close();
    assert.equal(await first, 'killed');
    await machine.setFaults([]);
    assert.equal((await apply()).outcome, 'written');
  });

  test('says what it could not put back, with the command', async () => {
    await machine.setFaults([{ host: 'owner-not-put-back' }]);
    const result = await apply();
    assert.ok(result.outcome === 'written');
    const [owner, dacl] = result.leftDifferent.filter((sentence) => sentence.includes(` ${webConfig} `));
    const sid = '\\*S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
    assert.match(
      owner ?? '',
      new RegExp(
        `is BUILTIN\\\\Administrators and was NT SERVICE\\\\TrustedInstaller: icacls "${webConfig}" /setowner "${sid}"$`,
      ),
    );
    assert.match(
      dacl ?? '',
      new RegExp(
        `is not as it was: icacls "${webConfig}" /inheritance:r /grant:r "${sid}:\\(F\\)" "\\*S-1-5-18:\\(RX\\)"`,
      ),
    );
  });

  test('puts everything back when its caller stops it', async () => {
    await chmod(webConfig, 0o444);
    const powershell = findPowershell() ?? assert.fail();
    const { stdout } = await promisify(execFile)(
      powershell.file,
      [
        ...powershell.args,
        '-NoProfile',
        '-File',
        join(import.meta.dirname, 'stop-at-move.ps1'),
        ...modulePaths,
        JSON.stringify(applyCall()),
      ],
      { env: { ...process.env, WSUS_BOT_PRACTICE: machine.practice, DOTNET_EnableDiagnostics: '0' } },
    );
    assert.equal(stdout.trim(), 'Stopped');
    await assertUntouched();
    assert.ok(await isReadOnly(webConfig));
  });
});
