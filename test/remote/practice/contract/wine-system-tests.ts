import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { WineBench } from './wine-bench.ts';

const setupKey = 'HKLM:\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup';
const system = 'C:\\windows\\system32';

/** The registry, services, paths and programs of Windows, met by the functions of windows.ps1 and windows-program.ps1. */
export function wineSystemTests(wine: WineBench): void {
  describe('the system as Windows has it', () => {
    const { bench } = wine;
    // With its first question the server's registry and services become Wine's.
    before(() => bench.wsus.report({ brief: true }));

    test('a value of the registry is read, whatever the case of its key and name', async () => {
      const read = (path: string, name: string) => wine.probe.shipped('Get-WindowsRegistryValue', path, name);
      assert.deepEqual(await read(setupKey, 'SqlDatabaseName'), { value: 'SUSDB' });
      assert.deepEqual(await read(setupKey.replace('Update', 'UPDATE'), 'sqldatabasename'), {
        value: 'SUSDB',
      });
      assert.deepEqual(await read(setupKey, 'UsingSSL'), { value: 0 });
    });

    test('a value or a key that is not there is null', async () => {
      for (const [path, name] of [
        [setupKey, 'ServerCertificateName'],
        [`${setupKey}\\Nothing`, 'TargetDir'],
      ] as const) {
        assert.deepEqual(await wine.probe.shipped('Get-WindowsRegistryValue', path, name), { value: null });
      }
    });

    for (const [what, change, type] of [
      ['in other letters', (path: string) => path.toUpperCase(), 'String'],
      ['without the last backslash', (path: string) => path.replace(/\\$/, ''), 'String'],
      ['with slashes', (path: string) => path.replaceAll('\\', '/'), 'String'],
      ['with a variable', () => '%WSUS_BOT_PRACTICE%\\..\\Program Files\\Update Services\\', 'ExpandString'],
    ] as const) {
      test(`Web.config is found when TargetDir is written ${what}`, async (t) => {
        const set = (Value: string, Type: string) =>
          wine.probe.call('Set-RegistryText', { Path: setupKey, Name: 'TargetDir', Value, Type });
        const path = wine.path('C:\\Program Files\\Update Services\\');
        t.after(() => set(path, 'String'));
        const before = await bench.wsus.report({ brief: true });
        await set(change(path), type);
        const { file } = await bench.wsus.report({ brief: true });
        assert.ok(file.ok && before.file.ok, JSON.stringify(file));
        assert.equal(file.path.toLowerCase(), before.file.path.toLowerCase());
        assert.deepEqual({ ...file, path: '' }, { ...before.file, path: '' });
      });
    }

    test('a service that is stopped, and one that is not there', async () => {
      await wine.probe.call('Stop-PracticeService', { Name: 'WAS' });
      const status = (name: string) => wine.probe.shipped('Get-WindowsServiceStatus', name);
      assert.deepEqual(
        [await status('WAS'), await status('W3SVC'), await status('NoSuchService')],
        [{ value: 'Stopped' }, { value: 'Running' }, { value: null }],
      );
    });

    test('a program takes its arguments apart as they were put together', async () => {
      const path = 'HKCU:\\Software\\WSUS Bot contract';
      for (const text of ['plain', 'with blanks', 'a "quoted" word', 'C:\\ends\\', '\\"', '100% & more ^']) {
        const args = ['add', path.replace(':', ''), '/f', '/v', 'a value', '/d', text];
        const added = await wine.probe.shipped('Invoke-WindowsProgram', `${system}\\reg.exe`, args);
        assert.equal('value' in added && Object(added.value).ExitCode, 0, JSON.stringify(added));
        assert.deepEqual(await wine.probe.registryText(path, 'a value'), { value: text });
      }
    });

    test('a program that is not there, or says no, is an error with its code', async () => {
      const codeOf = async (name: string, ...args: unknown[]) => {
        const result = await wine.probe.shipped(name, ...args);
        return 'error' in result ? result.error.code : result.value;
      };
      const missing = ['query', 'HKCU\\Software\\Nothing'];
      assert.equal(await codeOf('Assert-WindowsProgram', `${system}\\reg.exe`, missing), 'program-refused');
      assert.equal(await codeOf('Grant-WindowsFileAccess', `${system}\\reg.exe`), 'program-missing');
      assert.equal(await codeOf('Invoke-WindowsIisReset'), 'program-missing');
      assert.equal(await codeOf('Invoke-WindowsAppCmd', ['list', 'site', '/xml']), 'iis-tools-missing');
    });

    test('a process has the time of its start, and one that is not there has none', async () => {
      const start = (id: number) => wine.probe.shipped('Get-WindowsProcessStart', id);
      const { processId } = await wine.probe.proof(1);
      const started = await start(processId);
      const age = Date.now() - Date.parse('value' in started ? String(started.value) : '');
      assert.ok(age > 0 && age < 3_600_000, JSON.stringify(started));
      assert.deepEqual(await start(999_999), { value: null });
    });
  });
}
