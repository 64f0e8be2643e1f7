import { scriptPipeline } from './agentless-script.ts';
import type { PipelineEnd, RunspacePool } from './psrp/runspace-pool.ts';
import type { TransportCall } from './psrp/transport.ts';

/** Adds two numbers and touches nothing. */
const harmlessScript = '1 + 1';

/** Sends a script to an endpoint that has to refuse every one, to see that it does. @throws RemoteError */
export function tryScript(pool: RunspacePool, call: TransportCall): Promise<PipelineEnd> {
  return pool.runPipeline(scriptPipeline(pool, harmlessScript), call);
}
