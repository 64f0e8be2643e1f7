import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionNames } from '../../../../remote/contract.ts';
import {
  agentlessConfiguration,
  jeaConfiguration,
} from '../../../../remote/practice/powershell/session-configuration.ts';

const unchanged = (path: string): string => path;

test('the restricted session shows the functions of the shipped role capabilities and no other', () => {
  const line = /^VisibleFunctions = (.*)$/m.exec(jeaConfiguration(unchanged, []))?.[1] ?? '';
  assert.deepEqual(
    line.split(', ').toSorted(),
    Object.values(functionNames)
      .map((name) => `'${name}'`)
      .toSorted(),
  );
});

test('functions of further modules are added', () => {
  const text = jeaConfiguration(unchanged, [{ path: "/x/it's.psm1", functions: ['Get-One', 'Get-Two'] }]);
  assert.match(text, /^VisibleFunctions = .*, 'Get-One', 'Get-Two'$/m);
  assert.match(text, /^ModulesToImport = .*WsusBot\.psd1', .*PracticeWindows\.psm1', '\/x\/it''s\.psm1'$/m);
});

test('paths are written as the engine writes them', () => {
  const text = jeaConfiguration((path) => `Z:${path.replaceAll('/', '\\')}`, []);
  assert.match(text, /^ModulesToImport = 'Z:\\.*\\WsusBot\.psd1', 'Z:\\.*\\PracticeWindows\.psm1'$/m);
});

test('the session of Windows itself has nothing of WSUS Bot', () => {
  const text = agentlessConfiguration(unchanged, []);
  assert.match(text, /^SessionType = 'Default'$/m);
  assert.doesNotMatch(text, /VisibleFunctions|WsusBot\.psd1/);
});
