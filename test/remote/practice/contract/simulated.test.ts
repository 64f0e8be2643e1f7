import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { contractSuite } from './contract-suite.ts';
import { simulatedDifferences } from './engine-differences.ts';

contractSuite({
  name: 'the simulated engine',
  skip: false,
  has: new Set(['lists-functions', 'hard-links', 'unicode-paths']),
  start: (options) => startPracticeServers(options),
  differences: simulatedDifferences,
});
