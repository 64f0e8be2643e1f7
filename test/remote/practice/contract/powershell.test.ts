import { shortContractSuite } from './contract-suite.ts';
import { endpointEngine } from './endpoint-engine.ts';

// The whole of it is in powershell.long.ts.
shortContractSuite(endpointEngine);
