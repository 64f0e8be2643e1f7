import { randomBytes } from 'node:crypto';
import { authenticationOf } from './authentication-of.ts';
import { shellIdleTimeoutOf } from './idle-timeout.ts';
import { openLocalPool } from './local/open-local-pool.ts';
import { guidFromRandom } from './psrp/guid.ts';
import { RunspacePool } from './psrp/runspace-pool.ts';
import type { PsrpTransport, TransportCall } from './psrp/transport.ts';
import type { RemoteDependencies } from './remote-session.ts';
import { endpointUri } from './winrm/actions.ts';
import { WinrmConnection } from './winrm/connection.ts';
import { WsmanTransport } from './winrm/wsman-transport.ts';
import type { ServerTarget, WinrmTarget } from './wsus-server.ts';

/** An open runspace pool whose commands run at an endpoint, and what it rests on. */
export interface OpenPool {
  readonly pool: RunspacePool;
  /** What carries the pool, for what only a test of the server does beside its calls. */
  readonly transport: PsrpTransport;
  /** Closes the socket, or ends the process, at once. The server drops the shell when its own idle time is over. */
  destroy(): void;
}

/**
 * Signs in and opens a runspace pool at the target's endpoint.
 * @throws RemoteError; no function ran
 */
export function openPool(
  target: ServerTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
): Promise<OpenPool> {
  return target.transport === 'local-powershell'
    ? openLocalPool(target, dependencies, call)
    : openWinrmPool(target, dependencies, call);
}

async function openWinrmPool(
  target: WinrmTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
): Promise<OpenPool> {
  const random = dependencies.randomBytes ?? randomBytes;
  const newGuid = () => guidFromRandom(random(16));
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
    await pool.open(call);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return { pool, transport, destroy: () => connection.destroy() };
}
