import type { ClixmlValue } from '../clixml-value.ts';
import { pipelineData } from './pipeline-data.ts';

/**
 * CREATE_PIPELINE with a script in place of a command. For the shipped module's own text alone (remote/agentless*.ts): names and
 * values that come from elsewhere go as parameters of a named command.
 */
export function createScriptPipelineData(script: string): ClixmlValue {
  return pipelineData({ Cmd: script, IsScript: true }, {});
}
