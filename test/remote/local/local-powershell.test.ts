import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localPowershell } from '../../../remote/local/local-powershell.ts';

test('on Windows it is the Windows PowerShell that came with it, by its full path', () => {
  const { file, args } = localPowershell('win32', { SystemRoot: 'D:\\Windows', PATH: 'C:\\elsewhere' });
  assert.equal(file, 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  assert.deepEqual(args, ['-s', '-NoLogo', '-NoProfile']);
  assert.equal(localPowershell('linux', {}).file, 'pwsh');
});

test('of the environment it gets what Windows needs, in any letter case, and no secret of the bot', () => {
  const { env } = localPowershell('win32', {
    Path: 'p',
    SYSTEMROOT: 'C:\\Windows',
    UserDomain: 'CONTOSO',
    'ProgramFiles(x86)': 'x',
    WSUS_BOT_PASSWORD: 'one',
    WSUS_BOT_APP_PASSWORD: 'two',
    BRANCH_WSUSBOT: 'three',
    PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules',
  });
  const names = Object.keys(env).filter((name) => !name.startsWith('POWERSHELL_'));
  assert.deepEqual(names, ['Path', 'SYSTEMROOT', 'UserDomain', 'ProgramFiles(x86)']);
});
