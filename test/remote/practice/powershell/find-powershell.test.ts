import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';

/** A folder with programs that do nothing. */
function programs(t: TestContext, ...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-programs-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

test('the one that WSUS_BOT_PWSH names comes first', (t) => {
  const folder = programs(t, 'named/pwsh', 'path/pwsh');
  const env = { WSUS_BOT_PWSH: join(folder, 'named/pwsh'), PATH: join(folder, 'path') };
  assert.equal(findPowershell(env)?.file, join(folder, 'named/pwsh'));
});

test('a name that leads nowhere is not made up for', (t) => {
  const folder = programs(t, 'path/pwsh');
  const env = { WSUS_BOT_PWSH: join(folder, 'named/pwsh'), PATH: join(folder, 'path') };
  assert.equal(findPowershell(env), undefined);
});

test('a folder, or a file that is no program, is no PowerShell', (t) => {
  const folder = programs(t, 'pwsh/x', 'y/pwsh');
  chmodSync(join(folder, 'y/pwsh'), 0o644);
  for (const path of ['pwsh', 'y/pwsh']) {
    assert.equal(findPowershell({ WSUS_BOT_PWSH: join(folder, path) }), undefined);
  }
});

test('of a .NET tool the real program is started, wherever the tool is linked from', (t) => {
  const assembly = '.store/powershell/7.6.9/powershell/7.6.9/tools/net10.0/any/unix/pwsh.dll';
  const folder = programs(t, 'tools/pwsh', `tools/${assembly}`, 'dotnet/dotnet', 'bin/x');
  symlinkSync(join(folder, 'tools/pwsh'), join(folder, 'bin/pwsh'));
  const found = findPowershell({
    WSUS_BOT_PWSH: join(folder, 'bin/pwsh'),
    DOTNET_ROOT: join(folder, 'dotnet'),
  });
  assert.deepEqual(
    [found?.file, found?.args],
    [join(folder, 'dotnet/dotnet'), [join(folder, 'tools', assembly)]],
  );
});

test('without one a server does not start, and says in one sentence what to do', async (t) => {
  const before = process.env.WSUS_BOT_PWSH;
  process.env.WSUS_BOT_PWSH = '/nowhere/pwsh';
  t.after(() => {
    if (before === undefined) delete process.env.WSUS_BOT_PWSH;
    else process.env.WSUS_BOT_PWSH = before;
  });
  await assert.rejects(startPracticeServers({ engine: 'powershell' }), { message: powershellMissing });
});
