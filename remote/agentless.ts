import { scriptPipeline } from './agentless-script.ts';
import { isLanguageModeError, languageModes } from './language-mode.ts';
import { type ShippedModule, shippedModule } from './module-text.ts';
import type { ErrorDetails } from './psrp/messages/error-record.ts';
import type { RunspacePool } from './psrp/runspace-pool.ts';
import type { TransportCall } from './psrp/transport.ts';
import { RemoteError } from './remote-error.ts';
import { withOutcome } from './with-outcome.ts';

/**
 * The script that makes the module's functions callable by name in a runspace, and answers its language mode. Nothing of it comes
 * from a chat or a configuration: only the module's text and its hash. Where the mode is not FullLanguage nothing is made.
 */
export function moduleScript({ text, sha256 }: ShippedModule): string {
  return [
    'if ("$($ExecutionContext.SessionState.LanguageMode)" -eq \'FullLanguage\') {',
    'Microsoft.PowerShell.Core\\New-Module -Name WsusBot -ErrorAction Stop -ScriptBlock {',
    `$script:WsusBotModuleSha256 = '${sha256}'`,
    text,
    '} | Microsoft.PowerShell.Core\\Out-Null',
    '}',
    '"$($ExecutionContext.SessionState.LanguageMode)"',
  ].join('\n');
}

/**
 * Sends the module into an open runspace pool, once for each. An execution policy does not concern it: no file is run.
 * @throws RemoteError; no function ran
 */
export async function sendModule(pool: RunspacePool, call: TransportCall): Promise<void> {
  const end = await pool
    .runPipeline(scriptPipeline(pool, moduleScript(shippedModule())), call)
    .catch((error: unknown) => {
      throw withOutcome(error, (outcome) => (outcome === 'refused' ? 'refused' : 'not-sent'));
    });
  if (end.how !== 'completed') throw notLoaded(call.doing, end.failure);
  const [mode, ...more] = end.result.output;
  const error = end.result.errors.at(-1);
  if (mode === 'FullLanguage' && more.length === 0 && error === undefined) return;
  const known = languageModes.find((name) => name === mode && name !== 'FullLanguage');
  if (known !== undefined) {
    throw new RemoteError('remote.language-mode', { doing: call.doing, detail: known, outcome: 'refused' });
  }
  throw notLoaded(call.doing, error);
}

function notLoaded(doing: string, error: ErrorDetails | undefined): RemoteError {
  const code = error !== undefined && isLanguageModeError(error) ? 'language-mode' : 'module-not-loaded';
  return new RemoteError(`remote.${code}`, {
    doing,
    ...(error === undefined ? {} : { serverText: error.message }),
    outcome: 'refused',
  });
}
