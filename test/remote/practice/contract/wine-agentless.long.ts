import { describe } from 'node:test';
import { contractSuite } from './contract-suite.ts';
import { skipWine, wineEngine } from './wine-engine.ts';

describe('under Wine', { skip: skipWine }, () => {
  contractSuite(wineEngine('Microsoft.PowerShell'));
});
