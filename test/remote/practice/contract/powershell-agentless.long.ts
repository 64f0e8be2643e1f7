import { agentlessEngine } from './agentless-engine.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite(agentlessEngine);
