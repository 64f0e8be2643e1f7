import type { ClixmlValue } from './psrp/clixml-value.ts';
import { createPipelineData } from './psrp/messages/create-pipeline.ts';
import { createScriptPipelineData } from './psrp/messages/create-script-pipeline.ts';
import type { RunspacePool } from './psrp/runspace-pool.ts';

/** The pipeline that runs one of our own scripts at the endpoint: through the pool's relay where there is one. */
export function scriptPipeline({ relay }: RunspacePool, script: string): ClixmlValue {
  return relay === undefined ? createScriptPipelineData(script) : createPipelineData(relay.script(script));
}
