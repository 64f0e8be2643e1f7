import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { contractSuite } from './contract-suite.ts';
import { powershellDifferences } from './engine-differences.ts';

contractSuite({
  name: 'PowerShell, through the endpoint WsusBot',
  skip: findPowershell() === undefined && powershellMissing,
  has: new Set(['lists-functions', 'stops-functions', 'hard-links', 'unicode-paths']),
  start: (options) => startPracticeServers({ ...options, engine: 'powershell' }),
  differences: powershellDifferences((path) => path),
});
