import { agentlessEngine } from './agentless-engine.ts';
import { shortContractSuite } from './contract-suite.ts';

// The whole of it is in powershell-agentless.long.ts.
shortContractSuite(agentlessEngine);
