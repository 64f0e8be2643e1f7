import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { powershellDifferences } from './engine-differences.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** PowerShell through Windows' own endpoint: the module comes over the wire. */
export const agentlessEngine: EngineUnderTest = {
  name: 'PowerShell, agentless',
  skip: findPowershell() === undefined && powershellMissing,
  has: new Set(['stops-functions', 'hard-links', 'unicode-paths']),
  start: (options) =>
    startPracticeServers({ ...options, engine: 'powershell', endpoint: 'Microsoft.PowerShell' }),
  differences: powershellDifferences((path) => path),
};
