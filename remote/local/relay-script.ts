import { readFileSync } from 'node:fs';
import type { ClixmlValue } from '../psrp/clixml-value.ts';
import { createScriptPipelineData } from '../psrp/messages/create-script-pipeline.ts';

/** relay.ps1 where the session runs scripts in full, and in any case the session's language mode. */
export function relayPipeline(): ClixmlValue {
  const relay = readFileSync(new URL('relay.ps1', import.meta.url), 'utf8');
  return createScriptPipelineData(
    [
      'if ("$($ExecutionContext.SessionState.LanguageMode)" -eq \'FullLanguage\') {',
      relay,
      '}',
      '"$($ExecutionContext.SessionState.LanguageMode)"',
    ].join('\n'),
  );
}
