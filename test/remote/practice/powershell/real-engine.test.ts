import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type OpenPool, openPool } from '../../../../remote/open-pool.ts';
import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import {
  type PracticeServers,
  startPracticeServers,
} from '../../../../remote/practice/start-practice-servers.ts';
import { createPipelineData } from '../../../../remote/psrp/messages/create-pipeline.ts';
import { createScriptPipelineData } from '../../../../remote/psrp/messages/create-script-pipeline.ts';
import type { RemoteError } from '../../../../remote/remote-error.ts';
import { signalAtProgress } from '../signal-at-progress.ts';

const functions = [
  'Get-TestText',
  'Get-TestLongText',
  'Invoke-TestError',
  'Write-TestStream',
  'Wait-TestRelease',
  'Wait-TestStop',
  'Set-TestChoice',
];
const path = fileURLToPath(new URL('TestFunctions.psm1', import.meta.url));
const call = () => ({ doing: 'trying', deadline: Date.now() + 60_000 });
type Parameters = Readonly<Record<string, string | number | boolean>>;

describe('our client and a real PowerShell, restricted as JEA restricts it', {
  skip: findPowershell() === undefined && powershellMissing,
}, () => {
  let practice: PracticeServers;
  let open: OpenPool;
  before(async () => {
    practice = await startPracticeServers({
      engine: 'powershell',
      specs: practiceServers.filter(({ state }) => state === 'healthy'),
      extraModules: [{ path, functions }],
    });
    open = await openPool(practice.server('wsus03').target, {}, call());
  });
  after(async () => {
    open?.destroy();
    await practice?.close();
  });
  const invoke = (name: string, parameters: Parameters = {}) =>
    open.pool.invoke({ ...call(), name, parameters });
  const stateFile = (name: string): string => join(practice.server('wsus03').folder.root, 'practice', name);
  const refused = async (running: Promise<unknown>, words: RegExp) => {
    await assert.rejects(running, (error: RemoteError) => {
      assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'refused']);
      assert.match(error.serverText ?? '', words);
      return true;
    });
  };

  for (const [what, script] of [
    ['an expression', '1 + 1'],
    ['a call of a listed function', 'Get-TestText -Text x'],
    ['a method call', "[IO.File]::ReadAllText('/etc/passwd')"],
  ] as const) {
    test(`${what} as a script is refused`, async () => {
      const end = await open.pool.runPipeline(createScriptPipelineData(script), call());
      assert.ok(end.how === 'failed');
      assert.match(end.failure?.message ?? '', /no-language mode/);
    });
  }

  for (const name of [
    'Get-ChildItem',
    'Invoke-Expression',
    'Get-PracticeRegistryValue',
    'New-Module',
    'ls',
  ]) {
    test(`${name} is not known`, () => refused(invoke(name), /not recognized/));
  }

  test('a parameter outside its set, its range or its names is refused', async () => {
    await refused(invoke('Set-TestChoice', { Choice: 'Reboot', Number: 1 }), /IISReset,RecyclePool/);
    await refused(invoke('Set-TestChoice', { Choice: 'IISReset', Number: 11 }), /greater than the maximum/);
    await refused(invoke('Set-TestChoice', { Choice: 'IISReset', Force: true }), /'Force'/);
    await refused(invoke('Set-TestChoice', { Choice: 'IISReset', Number: 'many' }), /Int32/);
    assert.deepEqual((await invoke('Set-TestChoice', { Choice: 'RecyclePool', Number: 7 })).output, [
      'RecyclePool 7',
    ]);
  });

  for (const [what, text] of [
    ['of other scripts', 'Übung ñ 検証 עברית عربى'],
    ['beyond the basic plane', '🚀🏳️‍🌈 𝒳'],
    ['of control characters', 'a\u0000b\u0001\u0007\u001f\u007f\u0085\u2028c'],
    ['of line ends and tabs', '\r\n\n\r\t'],
    ['that looks like an escape', '_x0041_ _X000a_ _x005F_x0041_ __x'],
    ['of markup', '<a b="c">&amp;\'</a><![CDATA[x]]>'],
    ['of PowerShell', '$(throw 1) `n "$env:PATH" \'; Remove-Item x'],
    ['of lone surrogates', '\ud83d x \ude80'],
    ['of nothing but blanks', '   '],
  ] as const) {
    test(`text ${what} goes there and back`, async () => {
      assert.deepEqual((await invoke('Get-TestText', { Text: text })).output, [text]);
    });
  }

  test('a result of 1 MB arrives whole', async () => {
    const length = 1024 * 1024;
    const [text] = (await invoke('Get-TestLongText', { Length: length })).output;
    const pattern = 'aé検🚀\r\n\t<&>\'"_x0041_\u0007';
    assert.equal(text, pattern.repeat(length / pattern.length + 1).slice(0, length));
  });

  test('a parameter of 200 KB arrives whole', async () => {
    const text = 'ü<🚀'.repeat(50_000);
    assert.deepEqual((await invoke('Get-TestText', { Text: text })).output, [text]);
  });

  for (const depth of [0, 3, 60]) {
    test(`an error of ${depth} exceptions around one arrives with its text`, async () => {
      const words = depth === 0 ? 'innermost: <Übung> 検証' : `level ${depth}`;
      await assert.rejects(invoke('Invoke-TestError', { Depth: depth }), (error: RemoteError) => {
        assert.deepEqual(
          [error.code, error.outcome, error.serverText],
          ['remote.function-failed', 'unknown', words],
        );
        return true;
      });
      assert.deepEqual((await invoke('Get-TestText', { Text: 'still there' })).output, ['still there']);
    });
  }

  test('what else a function says does not get in the way of its answer', async () => {
    const { output, errors } = await invoke('Write-TestStream');
    assert.deepEqual(output, ['answer']);
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['an error that ends nothing'],
    );
  });

  test('progress arrives while the function goes on', async () => {
    const { output } = await open.pool.invoke({
      ...call(),
      name: 'Wait-TestRelease',
      parameters: { Name: 'release' },
      // Only this lets the function end.
      onProgress: ({ status }) => {
        if (status === 'wait') writeFileSync(stateFile('release'), '');
      },
    });
    assert.deepEqual(output, ['released']);
  });

  test('a signal stops a pipeline, which puts things in order before it ends', async () => {
    const { transport } = open;
    const end = await open.pool.runPipeline(
      createPipelineData({ name: 'Wait-TestStop', parameters: {} }),
      call(),
      (pipelineId) => signalAtProgress(transport, pipelineId, 'wait'),
    );
    assert.equal(end.how, 'stopped');
    assert.equal(readFileSync(stateFile('stopped'), 'utf8'), 'stopped');
    assert.deepEqual((await invoke('Get-TestText', { Text: 'on' })).output, ['on']);
  });
});
