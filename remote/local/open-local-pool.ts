import { randomBytes } from 'node:crypto';
import { shellIdleTimeoutOf } from '../idle-timeout.ts';
import type { OpenPool } from '../open-pool.ts';
import { guidFromRandom } from '../psrp/guid.ts';
import { createPipelineData } from '../psrp/messages/create-pipeline.ts';
import { type PipelineEnd, RunspacePool } from '../psrp/runspace-pool.ts';
import type { TransportCall } from '../psrp/transport.ts';
import { RemoteError } from '../remote-error.ts';
import type { RemoteDependencies } from '../remote-session.ts';
import { withOutcome } from '../with-outcome.ts';
import type { LocalPowershellTarget } from '../wsus-server.ts';
import { localPowershell } from './local-powershell.ts';
import { powershellRelay } from './powershell-relay.ts';
import { relayPipeline } from './relay-script.ts';
import { sessionNotOpened } from './session-not-opened.ts';
import { StdioTransport } from './stdio-transport.ts';

/**
 * Starts a PowerShell on this machine and lets it open a session at the target's endpoint, as the account that the bot runs as.
 * @throws RemoteError; no function ran
 */
export async function openLocalPool(
  target: LocalPowershellTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
): Promise<OpenPool> {
  const random = dependencies.randomBytes ?? randomBytes;
  const transport = new StdioTransport({
    command: (dependencies.localPowershell ?? localPowershell)(),
    now: dependencies.now ?? Date.now,
    operationTimeout: dependencies.operationTimeout ?? 20_000,
    onRequest: dependencies.onRequest,
  });
  const pool = new RunspacePool(transport, () => guidFromRandom(random(16)), powershellRelay);
  try {
    await pool.open(call);
    loaded(await pool.runPipeline(relayPipeline(), call), call.doing);
    opened(await pool.runPipeline(openPipeline(target, dependencies), call), call.doing);
  } catch (error) {
    transport.destroy();
    throw withOutcome(error, (outcome) => (outcome === 'refused' ? 'refused' : 'not-sent'));
  }
  return { pool, transport, destroy: () => transport.destroy() };
}

function openPipeline(target: LocalPowershellTarget, dependencies: RemoteDependencies) {
  return createPipelineData({
    name: 'Open-WsusBotSession',
    parameters: {
      ComputerName: target.host,
      Port: target.port,
      ConfigurationName: target.endpoint,
      UseSsl: target.tls,
      Authentication: target.auth === 'kerberos' ? 'Kerberos' : 'Default',
      OpenTimeout: dependencies.connectTimeout ?? 10_000,
      IdleTimeout: shellIdleTimeoutOf(dependencies),
    },
  });
}

/** The relay's functions are there when the session is in FullLanguage, and there was no error. */
function loaded(end: PipelineEnd, doing: string): void {
  const error = end.how === 'completed' ? end.result.errors.at(-1) : end.failure;
  const mode = end.how === 'completed' ? end.result.output[0] : undefined;
  if (end.how === 'completed' && error === undefined && mode === 'FullLanguage') return;
  throw new RemoteError('remote.local-powershell', {
    doing,
    detail:
      mode === undefined || mode === 'FullLanguage'
        ? 'its script was stopped'
        : 'a policy restricts its language',
    ...(error === undefined ? {} : { serverText: error.message }),
    outcome: 'not-sent',
  });
}

function opened(end: PipelineEnd, doing: string): void {
  const failure = end.how === 'completed' ? end.result.errors.at(-1) : end.failure;
  if (end.how === 'completed' && failure === undefined) return;
  throw sessionNotOpened(failure, doing);
}
