import { randomBytes, randomUUID } from 'node:crypto';
import { authenticationOf } from './authentication-of.ts';
import { shellIdleTimeoutOf } from './idle-timeout.ts';
import { openLocalPool } from './local/open-local-pool.ts';
import { guidFromRandom } from './psrp/guid.ts';
import { RunspacePool } from './psrp/runspace-pool.ts';
import type { PsrpTransport, TransportCall } from './psrp/transport.ts';
import type { RemoteDependencies } from './remote-session.ts';
import { endpointUri } from './winrm/actions.ts';
import { WinrmConnection } from './winrm/connection.ts';
import type { LeftShells } from './winrm/left-shells.ts';
import { WsmanTransport } from './winrm/wsman-transport.ts';
import { withOutcome } from './with-outcome.ts';
import type { ServerTarget, WinrmTarget } from './wsus-server.ts';

/** An open runspace pool whose commands run at an endpoint, and what it rests on. */
export interface OpenPool {
  readonly pool: RunspacePool;
  /** What carries the pool, for what only a test of the server does beside its calls. */
  readonly transport: PsrpTransport;
  /** The shell at the server that carries it; none where no shell of this bot's is at a server. */
  readonly shellId?: string | undefined;
  /** Closes the socket, or ends the process, at once. The server drops the shell when its own idle time is over. */
  destroy(): void;
}

/**
 * Signs in and opens a runspace pool at the target's endpoint.
 * @param left shells of earlier connections, which are deleted first; this one's is added when it comes to nothing
 * @throws RemoteError; no function ran
 */
export function openPool(
  target: ServerTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
  left?: LeftShells,
): Promise<OpenPool> {
  return target.transport === 'local-powershell'
    ? openLocalPool(target, dependencies, call)
    : openWinrmPool(target, dependencies, call, left);
}

async function openWinrmPool(
  target: WinrmTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
  left: LeftShells | undefined,
): Promise<OpenPool> {
  const random = dependencies.randomBytes ?? randomBytes;
  // Node.js keeps random bytes for UUIDs in store, which costs a tenth of asking for them one by one.
  const newGuid = dependencies.randomBytes === undefined ? randomUUID : () => guidFromRandom(random(16));
  const now = dependencies.now ?? Date.now;
  const operationTimeout = dependencies.operationTimeout ?? 20_000;
  const connection = new WinrmConnection({
    host: target.host,
    port: target.port,
    tls: target.tls,
    authenticate: (channel) =>
      authenticationOf(target, { ...dependencies, randomBytes: random, now }, channel),
    now,
    connectTimeout: dependencies.connectTimeout ?? 10_000,
    requestTimeout: operationTimeout + (dependencies.answerMargin ?? 10_000),
    onRequest: dependencies.onRequest,
  });
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const transport = new WsmanTransport({
    connection,
    newGuid,
    to: `${target.tls === undefined ? 'http' : 'https'}://${host}:${target.port}/wsman`,
    resourceUri: endpointUri(target.endpoint),
    sessionId: newGuid().toUpperCase(),
    operationTimeout,
    shellIdleTimeout: shellIdleTimeoutOf(dependencies),
  });
  const pool = new RunspacePool(transport, newGuid);
  try {
    await left?.discardAll((shellId) => transport.discard(shellId, call));
    await pool.open(call);
  } catch (error) {
    left?.add(transport.shellId);
    connection.destroy();
    throw withOutcome(error, (outcome) => (outcome === 'refused' ? 'refused' : 'not-sent'));
  }
  return { pool, transport, shellId: transport.shellId, destroy: () => connection.destroy() };
}
