import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { powershellDifferences } from './engine-differences.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** The shipped module in a real PowerShell, behind a JEA session. */
export const endpointEngine: EngineUnderTest = {
  name: 'PowerShell, through the endpoint WsusBot',
  skip: findPowershell() === undefined && powershellMissing,
  has: new Set(['lists-functions', 'stops-functions', 'hard-links', 'unicode-paths']),
  start: (options) => startPracticeServers({ ...options, engine: 'powershell' }),
  differences: powershellDifferences((path) => path),
};
