import { randomBytes } from 'node:crypto';
import { guidFromRandom } from './psrp/guid.ts';
import type { PipelineResult } from './psrp/pipeline-result.ts';
import { type Invocation, RunspacePool } from './psrp/runspace-pool.ts';
import type { TransportCall } from './psrp/transport.ts';
import { endpointUri } from './winrm/actions.ts';
import { WinrmConnection } from './winrm/connection.ts';
import { WsmanTransport } from './winrm/wsman-transport.ts';
import type { ServerTarget } from './wsus-server.ts';

/** What the outside gives: time, randomness, limits in milliseconds. Everything has a value for real servers. */
export interface RemoteDependencies {
  readonly now?: () => number;
  readonly randomBytes?: (size: number) => Buffer;
  /** Called for every HTTP request. */
  readonly onRequest?: () => void;
  readonly connectTimeout?: number;
  /** How long the server may hold a Receive that has nothing to say. */
  readonly operationTimeout?: number;
  /** On top of the operation timeout, for one HTTP answer. */
  readonly answerMargin?: number;
  /** Total time of a call that names no deadline of its own. */
  readonly callTimeout?: number;
  /** After this time without a call the session is closed. */
  readonly idleTimeout?: number;
}

/** Windows counts every command against a quota of its shell (25 by default), so a shell is replaced before. */
const callsPerShell = 20;

/** One signed-in connection with one open runspace pool. Not reused after an error. */
export interface RemoteSession {
  /** @throws RemoteError */
  invoke(invocation: Invocation): Promise<PipelineResult>;
  /** Used up: the next call needs a new session. */
  readonly exhausted: boolean;
  /** Deletes the shell as far as that is possible, and closes the socket. */
  close(call: TransportCall): Promise<void>;
  /** Closes the socket at once. The server drops the shell when its own idle time is over. */
  destroy(): void;
}

/** Signs in and opens a runspace pool at the target's endpoint. @throws RemoteError; no function ran */
export async function openSession(
  target: ServerTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
): Promise<RemoteSession> {
  const random = dependencies.randomBytes ?? randomBytes;
  const newGuid = () => guidFromRandom(random(16));
  const operationTimeout = dependencies.operationTimeout ?? 20_000;
  const connection = new WinrmConnection({
    host: target.host,
    port: target.port,
    account: target.account,
    randomBytes: random,
    now: dependencies.now ?? Date.now,
    connectTimeout: dependencies.connectTimeout ?? 10_000,
    requestTimeout: operationTimeout + (dependencies.answerMargin ?? 10_000),
    onRequest: dependencies.onRequest,
  });
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const transport = new WsmanTransport({
    connection,
    newGuid,
    to: `http://${host}:${target.port}/wsman`,
    resourceUri: endpointUri(target.endpoint),
    sessionId: newGuid().toUpperCase(),
    operationTimeout,
    shellIdleTimeout: Math.max(60_000, 2 * idleTimeoutOf(dependencies)),
  });
  const pool = new RunspacePool(transport, newGuid);
  try {
    await pool.open(call);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return new PooledSession(connection, pool);
}

export function idleTimeoutOf(dependencies: RemoteDependencies): number {
  return dependencies.idleTimeout ?? 90_000;
}

class PooledSession implements RemoteSession {
  readonly #connection: WinrmConnection;
  readonly #pool: RunspacePool;
  #calls = 0;

  constructor(connection: WinrmConnection, pool: RunspacePool) {
    this.#connection = connection;
    this.#pool = pool;
  }

  get exhausted(): boolean {
    return this.#calls >= callsPerShell;
  }

  invoke(invocation: Invocation): Promise<PipelineResult> {
    this.#calls += 1;
    return this.#pool.invoke(invocation);
  }

  async close(call: TransportCall): Promise<void> {
    try {
      await this.#pool.close(call);
    } finally {
      this.#connection.destroy();
    }
  }

  destroy(): void {
    this.#connection.destroy();
  }
}
