import type { z } from 'zod';
import { CallQueue } from './call-queue.ts';
import type { Outcome } from './coded-error.ts';
import {
  applyResultSchema,
  functionNames,
  type ProgressStep,
  progressSteps,
  reportSchema,
  restartResultSchema,
  restoreResultSchema,
} from './contract.ts';
import { readFunctionAnswer } from './function-answer.ts';
import {
  applyParameters,
  reportParameters,
  restartParameters,
  restoreParameters,
} from './function-parameters.ts';
import { idleTimeoutOf } from './idle-timeout.ts';
import type { NamedCommand } from './psrp/messages/create-pipeline.ts';
import { RemoteError } from './remote-error.ts';
import { openSession, type RemoteDependencies, type RemoteSession } from './remote-session.ts';
import { turnInTime } from './turn-in-time.ts';
import { untilAborted } from './until-aborted.ts';
import { LeftShells } from './winrm/left-shells.ts';
import type { CallOptions, ServerTarget, WsusServer } from './wsus-server.ts';

/**
 * The typed calls on one server over WinRM. Connects at the first call, keeps the session warm for a while, and connects
 * anew for a later call after a loss. Calls wait for one another. A call that changes something is sent at most once;
 * a report is tried once more when a session that had been idle turns out to be lost.
 */
export function connectWsusServer(target: ServerTarget, dependencies: RemoteDependencies = {}): WsusServer {
  const calls = new WsusCalls(target, dependencies);
  const { name } = target;
  return {
    report: (options) =>
      calls.run(
        reportSchema,
        { name: functionNames.report, parameters: reportParameters(options ?? {}) },
        `reading ${name}`,
        options,
        true,
      ),
    apply: (request, options) =>
      calls.run(
        applyResultSchema,
        { name: functionNames.apply, parameters: applyParameters(request) },
        `changing web.config on ${name}`,
        options,
      ),
    restart: (request, options) =>
      calls.run(
        restartResultSchema,
        { name: functionNames.restart, parameters: restartParameters(request) },
        `restarting the service on ${name}`,
        options,
      ),
    restore: (request, options) =>
      calls.run(
        restoreResultSchema,
        { name: functionNames.restore, parameters: restoreParameters(request) },
        `restoring web.config on ${name}`,
        options,
      ),
    close: () => calls.close(),
  };
}

class WsusCalls {
  readonly #target: ServerTarget;
  readonly #dependencies: RemoteDependencies;
  readonly #now: () => number;
  readonly #queue = new CallQueue();
  readonly #left = new LeftShells();
  readonly #closeSoon = () => void this.close();
  #session: RemoteSession | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(target: ServerTarget, dependencies: RemoteDependencies) {
    this.#target = target;
    this.#dependencies = dependencies;
    this.#now = dependencies.now ?? Date.now;
  }

  run<T>(
    schema: z.ZodType<T>,
    command: NamedCommand,
    doing: string,
    options: CallOptions & { readonly signal?: AbortSignal } = {},
    readsOnly = false,
  ): Promise<T> {
    const total = options.deadline ?? this.#dependencies.callTimeout ?? 120_000;
    const deadline = this.#now() + total;
    const { turnstile } = this.#dependencies;
    const passed = <R>(task: () => Promise<R>) => (readsOnly && turnstile ? turnstile.run(task) : task());
    const { onProgress } = options;
    const signal = readsOnly ? options.signal : undefined;
    let outcome: Outcome = 'not-sent';
    const stopped = () => new RemoteError('remote.stopped', { doing, outcome });
    const act = async () => {
      if (signal?.aborted === true) throw stopped();
      outcome = 'unknown';
      this.#wake();
      const call = { ...command, signal, doing, deadline, onProgress: stepListener(onProgress) };
      const warm = this.#session !== undefined;
      try {
        return readFunctionAnswer(schema, await this.#invoke(call, readsOnly), doing);
      } catch (error) {
        if (!(readsOnly && warm && isLost(error))) throw error;
        return readFunctionAnswer(schema, await this.#invoke(call, readsOnly), doing);
      } finally {
        this.#rest();
      }
    };
    const late = () => new RemoteError('remote.timed-out', { doing, outcome: 'not-sent' });
    const inTurn = (task: () => Promise<T>) => this.#queue.run(() => passed(task));
    return untilAborted(signal, turnInTime(inTurn, act, total, late), stopped);
  }

  async #invoke(call: Parameters<RemoteSession['invoke']>[0], readsOnly: boolean) {
    if (this.#session?.exhausted) await this.#end(call.doing);
    this.#session ??= await openSession(this.#target, this.#dependencies, call, this.#left);
    try {
      return await this.#session.invoke(call);
    } catch (error) {
      if (!staysOpen(this.#session, error)) {
        // What acts goes on in its shell when the bot has lost it, so that one is left to the server.
        if (readsOnly) this.#left.add(this.#session.shellId);
        this.#drop();
      }
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#wake();
      await this.#end(`closing the session on ${this.#target.name}`);
    });
  }

  #wake(): void {
    clearTimeout(this.#idleTimer);
    this.#dependencies.resting?.remove(this.#closeSoon);
  }

  #rest(): void {
    if (this.#session === undefined) return;
    this.#idleTimer = setTimeout(this.#closeSoon, idleTimeoutOf(this.#dependencies)).unref();
    this.#dependencies.resting?.add(this.#closeSoon);
  }

  /** Deletes the shell; one that cannot be deleted now is left to the next connection, or ends by the server's own idle timeout. */
  async #end(doing: string): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    try {
      await session?.close({ doing, deadline: this.#now() + 5_000 });
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      this.#left.add(session?.shellId);
    }
  }

  #drop(): void {
    this.#session?.destroy();
    this.#session = undefined;
  }
}

/** Its pipeline has come to an end at the server too, by itself or because nobody wants it any more. */
function staysOpen({ isFree }: RemoteSession, error: unknown): boolean {
  if (!(error instanceof RemoteError)) return false;
  return error.code === 'remote.function-failed' || (error.code === 'remote.stopped' && isFree);
}

function isLost(error: unknown): boolean {
  return error instanceof RemoteError && error.code === 'remote.connection-lost';
}

function stepListener(onProgress: CallOptions['onProgress']) {
  return ({ status }: { readonly status: string }) => {
    const step = progressSteps.find((known): known is ProgressStep => known === status);
    if (step !== undefined) onProgress?.(step);
  };
}
