import { join } from 'node:path';
import type { Powershell } from '../../../../remote/practice/powershell/find-powershell.ts';
import type { EngineDifferences } from './engine-under-test.ts';

export const simulatedDifferences: EngineDifferences = {
  path: (_server, windowsPath) => windowsPath,
  attributes: 'Archive',
  powerShell: /^5\.1\.20348\.2849$/,
  port: 8530,
};

/** A PowerShell on this machine: its paths are this machine's, as that PowerShell writes them. */
export const powershellDifferences = (
  pathOf: Powershell['pathOf'],
  attributes = 'Normal',
): EngineDifferences => ({
  path: ({ folder }, windowsPath) =>
    pathOf(join(folder.root, windowsPath.replace(/^C:\\/, '').replaceAll('\\', '/'))),
  attributes,
  powerShell: /^7\.\d+\.\d+$/,
  port: 'any',
});
