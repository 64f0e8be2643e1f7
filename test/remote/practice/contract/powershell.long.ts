import { contractSuite } from './contract-suite.ts';
import { endpointEngine } from './endpoint-engine.ts';

contractSuite(endpointEngine);
