import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wayOf } from '../../remote/way.ts';

for (const name of [
  'Microsoft.PowerShell',
  'microsoft.powershell',
  'MICROSOFT.POWERSHELL32',
  'PowerShell.7',
  'powershell.7.4.1',
  'PowerShell.7-preview',
]) {
  test(`${name} is an endpoint of Windows: the module is sent`, () => assert.equal(wayOf(name), 'agentless'));
}

for (const name of [
  'WsusBot',
  'wsusbot',
  'Microsoft.PowerShell.Workflow',
  'Microsoft.PowerShellWsus',
  'PowerShell',
  'MyPowerShell.7',
  'PowerShell.6',
]) {
  test(`${name} is an endpoint by its own name: nothing is sent`, () =>
    assert.equal(wayOf(name), 'endpoint'));
}
