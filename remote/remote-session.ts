import { sendModule } from './agentless.ts';
import type { PowershellCommand } from './local/powershell-process.ts';
import { type OpenPool, openPool } from './open-pool.ts';
import type { PipelineResult } from './psrp/pipeline-result.ts';
import type { Invocation } from './psrp/runspace-pool.ts';
import type { TransportCall } from './psrp/transport.ts';
import type { RemoteError } from './remote-error.ts';
import type { RestingSessions } from './resting-sessions.ts';
import type { Turnstile } from './turnstile.ts';
import { wayOf } from './way.ts';
import type { KeytabAccount } from './winrm/kerberos/kerberos-settings.ts';
import type { TicketSupply } from './winrm/kerberos/ticket-supply.ts';
import type { LeftShells } from './winrm/left-shells.ts';
import type { ServerTarget } from './wsus-server.ts';

/** What the outside gives: time, randomness, limits in milliseconds. Everything has a value for real servers. */
export interface RemoteDependencies {
  readonly now?: () => number;
  readonly randomBytes?: (size: number) => Buffer;
  /** Where the Kerberos tickets of an account come from. */
  readonly ticketsOf?: (account: KeytabAccount) => TicketSupply;
  /** NTLM is used where Kerberos was to be, for this reason. */
  readonly onFallback?: (reason: RemoteError) => void;
  /** How the PowerShell of this machine is started, for targets that it reaches. */
  readonly localPowershell?: () => PowershellCommand;
  /** Called for every HTTP request; with a local PowerShell for every element that is sent to it. */
  readonly onRequest?: () => void;
  readonly connectTimeout?: number;
  /** How long the server may hold a Receive that has nothing to say. */
  readonly operationTimeout?: number;
  /** On top of the operation timeout, for one HTTP answer. */
  readonly answerMargin?: number;
  /** Total time of a call that names no deadline of its own. */
  readonly callTimeout?: number;
  /** Shared by the servers of a process: how many are read at once. What changes a server never waits there. */
  readonly turnstile?: Turnstile;
  /** Shared by servers: how many sessions stay open after their calls. Without it each does, for the idle time. */
  readonly resting?: RestingSessions;
  /** After this time without a call the session is closed. */
  readonly idleTimeout?: number;
}

/** Windows counts every command against a quota of its shell (25 by default), so a shell is replaced before. */
const callsPerShell = 20;

/** One open runspace pool and what it rests on. Not reused after an error. */
export interface RemoteSession {
  /** @throws RemoteError */
  invoke(invocation: Invocation): Promise<PipelineResult>;
  /** Used up: the next call needs a new session. */
  readonly exhausted: boolean;
  /** No command is under way at the server. */
  readonly isFree: boolean;
  /** The shell at the server, as far as it has one. */
  readonly shellId: string | undefined;
  /** Deletes the shell as far as that is possible, and closes the socket or ends the process. */
  close(call: TransportCall): Promise<void>;
  /** Closes the socket, or ends the process, at once. The server drops the shell when its own idle time is over. */
  destroy(): void;
}

/**
 * Signs in and opens a runspace pool at the target's endpoint; at one of Windows' own it sends the module there first.
 * @throws RemoteError; no function ran
 */
export async function openSession(
  target: ServerTarget,
  dependencies: RemoteDependencies,
  call: TransportCall,
  left?: LeftShells,
): Promise<RemoteSession> {
  const open = await openPool(target, dependencies, call, left);
  if (wayOf(target.endpoint) === 'endpoint') return new PooledSession(open, 0);
  try {
    await sendModule(open.pool, call);
  } catch (error) {
    left?.add(open.shellId);
    open.destroy();
    throw error;
  }
  return new PooledSession(open, 1);
}

class PooledSession implements RemoteSession {
  readonly #open: OpenPool;
  #calls: number;

  /** @param calls commands that the shell has run already */
  constructor(open: OpenPool, calls: number) {
    this.#open = open;
    this.#calls = calls;
  }

  get shellId(): string | undefined {
    return this.#open.shellId;
  }

  get isFree(): boolean {
    return this.#open.pool.isFree;
  }

  get exhausted(): boolean {
    return this.#calls >= callsPerShell;
  }

  invoke(invocation: Invocation): Promise<PipelineResult> {
    this.#calls += 1;
    return this.#open.pool.invoke(invocation);
  }

  async close(call: TransportCall): Promise<void> {
    try {
      await this.#open.pool.close(call);
    } finally {
      this.#open.destroy();
    }
  }

  destroy(): void {
    this.#open.destroy();
  }
}
