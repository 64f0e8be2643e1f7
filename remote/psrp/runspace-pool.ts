import type { Outcome } from '../coded-error.ts';
import { decide } from '../decision-table.ts';
import { ProtocolError } from '../protocol-error.ts';
import { RemoteError } from '../remote-error.ts';
import { withOutcome } from '../with-outcome.ts';
import type { ClixmlValue } from './clixml-value.ts';
import { Defragmenter, encodeFragments } from './fragment.ts';
import { emptyGuid } from './guid.ts';
import { decodeMessage, encodeMessage, messageTypes, type PsrpMessage } from './message.ts';
import { createPipelineData, type NamedCommand } from './messages/create-pipeline.ts';
import type { ErrorDetails } from './messages/error-record.ts';
import { initRunspacePoolData } from './messages/init-runspace-pool.ts';
import type { Progress } from './messages/progress-record.ts';
import { readRunspacePoolState, runspacePoolStates } from './messages/runspace-pool-state.ts';
import { readProtocolVersion, sessionCapabilityData } from './messages/session-capability.ts';
import { PipelineCollector, type PipelineResult } from './pipeline-result.ts';
import type { Relay } from './relay.ts';
import type { PsrpTransport, TransportCall } from './transport.ts';

export interface PipelineCall extends TransportCall {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Invocation extends NamedCommand, PipelineCall {}

/** How a pipeline ended: with what it answered, or failed or stopped with an error, as far as one was given. */
export type PipelineEnd =
  | { readonly how: 'completed'; readonly result: PipelineResult }
  | { readonly how: 'failed' | 'stopped'; readonly failure: ErrorDetails | undefined };

/** The client's side of one runspace pool with one runspace (MS-PSRP 3.1). One call at a time. */
export class RunspacePool {
  readonly #transport: PsrpTransport;
  readonly #newGuid: () => string;
  readonly #poolId: string;
  #objectId = 0n;
  #protocolVersion = '';
  #receivesToOpen = 0;
  #isFree = true;
  /** Where there is one, the pool's session only hands on. */
  readonly relay: Relay | undefined;

  /** @param newGuid a fresh GUID in lower case */
  constructor(transport: PsrpTransport, newGuid: () => string, relay?: Relay) {
    this.#transport = transport;
    this.#newGuid = newGuid;
    this.#poolId = newGuid();
    this.relay = relay;
  }

  /** What the server said it speaks, such as "2.3"; empty before the pool is open, or when it said nothing. */
  get protocolVersion(): string {
    return this.#protocolVersion;
  }

  /** How many Receives it took until the server said that the pool is open. */
  get receivesToOpen(): number {
    return this.#receivesToOpen;
  }

  /** No pipeline is under way: each that was begun has come to its end. */
  get isFree(): boolean {
    return this.#isFree;
  }

  /** Opens the pool and waits until the server says that it is open. @throws RemoteError; no function ran */
  async open(call: TransportCall): Promise<void> {
    try {
      const creation = [
        ...this.#fragments(messageTypes.sessionCapability, emptyGuid, sessionCapabilityData()),
        ...this.#fragments(messageTypes.initRunspacePool, emptyGuid, initRunspacePoolData()),
      ];
      await this.#transport.open(this.#poolId, Buffer.concat(creation), call);
      await this.#waitUntilOpened(call);
    } catch (error) {
      throw withOutcome(error, (outcome) => (outcome === 'refused' ? 'refused' : 'not-sent'));
    }
  }

  /**
   * Runs one command and gathers what it answers.
   * @throws RemoteError; `function-failed` when the pipeline ended with an error, `stopped` when `signal` was aborted. Once the command was taken, the outcome
   * of any other error is unknown: the function goes on at the server, and is not stopped, since half a restart is worse.
   */
  async invoke(invocation: Invocation): Promise<PipelineResult> {
    const { signal, doing } = invocation;
    const isUnwanted = () => signal?.aborted === true;
    if (isUnwanted()) throw stopped(doing, 'not-sent');
    const end = await this.#runUntilAborted(invocation).catch((error: unknown) => {
      throw isUnwanted() && error instanceof RemoteError ? stopped(doing, 'unknown') : error;
    });
    if (end.how === 'completed') return end.result;
    if (end.how === 'stopped' && isUnwanted()) throw stopped(doing, 'unknown');
    const loss = end.failure && this.relay?.loss(end.failure, doing);
    throw loss ?? functionFailed(invocation, end.failure);
  }

  /** The same to whatever end it comes; through the relay where there is one. @throws RemoteError as runPipeline does */
  runCommand(
    command: NamedCommand,
    call: PipelineCall,
    started?: (pipelineId: string) => Promise<void>,
  ): Promise<PipelineEnd> {
    return this.runPipeline(createPipelineData(this.relay?.command(command) ?? command), call, started);
  }

  /** Ends with the pipeline. When nobody wants its answer any more it is stopped first; where that does not work, this ends at once. */
  async #runUntilAborted(invocation: Invocation): Promise<PipelineEnd> {
    const { signal, doing, deadline } = invocation;
    if (signal === undefined) return this.runCommand(invocation, invocation);
    const notStopped = Promise.withResolvers<never>();
    let stop = async () => {};
    const onAbort = () => void stop().catch(notStopped.reject);
    signal.addEventListener('abort', onAbort);
    try {
      const started = async (id: string) => {
        stop = () => this.#transport.stop(id, { doing, deadline });
        if (signal.aborted) await stop();
      };
      return await Promise.race([this.runCommand(invocation, invocation, started), notStopped.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Runs the pipeline of a CREATE_PIPELINE message in the pool's own session to its end. A message too long for one fragment goes on in Sends.
   * @param started called once the pipeline was handed over whole, before its answers are asked for
   * @throws RemoteError when the end did not come; the outcome is unknown once the command was taken
   */
  async runPipeline(
    createPipeline: ClixmlValue,
    call: PipelineCall,
    started?: (pipelineId: string) => Promise<void>,
  ): Promise<PipelineEnd> {
    this.#isFree = false;
    const pipelineId = this.#newGuid();
    const [first, ...others] = this.#fragments(messageTypes.createPipeline, pipelineId, createPipeline);
    await this.#transport.command(pipelineId, first as Buffer, call);
    try {
      for (const fragment of others) await this.#transport.send(pipelineId, fragment, call);
      await started?.(pipelineId);
      return await this.#collect(pipelineId, call);
    } catch (error) {
      throw withOutcome(error, () => 'unknown');
    }
  }

  /** Ends the session behind the relay, if there is one, then the pool. @throws RemoteError */
  async close(call: TransportCall): Promise<void> {
    try {
      if (this.relay !== undefined) await this.runPipeline(createPipelineData(this.relay.ending), call);
    } finally {
      await this.#transport.close(call);
    }
  }

  async #waitUntilOpened(call: TransportCall): Promise<void> {
    const stream = new MessageStream(call.doing);
    for (;;) {
      this.#receivesToOpen += 1;
      const { data } = await this.#transport.receive(undefined, call);
      for (const message of stream.push(data)) {
        if (message.type === messageTypes.sessionCapability)
          this.#protocolVersion = readProtocolVersion(message.data);
        if (message.type !== messageTypes.runspacePoolState) continue;
        const { state, error } = readRunspacePoolState(message.data);
        if (state === runspacePoolStates.opened) return;
        if (state === runspacePoolStates.broken || state === runspacePoolStates.closed) {
          throw new RemoteError('remote.fault', {
            doing: call.doing,
            detail: 'the session was not opened',
            ...(error === '' ? {} : { serverText: error }),
            outcome: 'refused',
          });
        }
      }
    }
  }

  async #collect(pipelineId: string, call: PipelineCall): Promise<PipelineEnd> {
    const { doing } = call;
    const stream = new MessageStream(doing);
    const collector = new PipelineCollector(call.onProgress);
    for (;;) {
      const { data, done } = await this.#transport.receive(pipelineId, call);
      for (const message of stream.push(data)) collector.add(message);
      if (collector.end !== undefined) {
        this.#isFree = true;
        if (!done) await this.#release(pipelineId, call);
        return collector.end === 'completed'
          ? { how: 'completed', result: collector.result }
          : { how: collector.end, failure: collector.failure };
      }
      if (done) {
        throw new RemoteError('remote.broken-answer', {
          doing,
          detail: 'the pipeline ended without its state',
          outcome: 'unknown',
        });
      }
    }
  }

  /** A pipeline whose end the transport did not announce holds its place at the server until it is signalled. */
  async #release(pipelineId: string, call: TransportCall): Promise<void> {
    try {
      await this.#transport.signal(pipelineId, call);
    } catch (error) {
      // The result is complete already; a broken connection shows at the next call.
      if (!(error instanceof RemoteError)) throw error;
    }
  }

  #fragments(type: number, pipelineId: string, data: PsrpMessage['data']): Buffer[] {
    this.#objectId += 1n;
    return encodeFragments(
      this.#objectId,
      encodeMessage({ destination: 'server', type, poolId: this.#poolId, pipelineId, data }),
    );
  }
}

/** Fragments in, messages out; what cannot be read becomes a RemoteError. */
class MessageStream {
  readonly #doing: string;
  readonly #defragmenter = new Defragmenter();

  constructor(doing: string) {
    this.#doing = doing;
  }

  push(data: readonly Buffer[]): PsrpMessage[] {
    try {
      return data.flatMap((bytes) => this.#defragmenter.push(bytes)).map(decodeMessage);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new RemoteError('remote.broken-answer', {
        doing: this.#doing,
        detail: error.reason,
        outcome: 'unknown',
        cause: error,
      });
    }
  }
}

const stopped = (doing: string, outcome: Outcome): RemoteError =>
  new RemoteError('remote.stopped', { doing, outcome });

function functionFailed(invocation: Invocation, error: ErrorDetails | undefined): RemoteError {
  const { code } = decide('function', { errorId: error?.fullyQualifiedErrorId ?? '' });
  return new RemoteError(code, {
    doing: invocation.doing,
    ...(error === undefined ? {} : { serverText: error.message }),
    outcome: error !== undefined && neverStarted(invocation.name, error) ? 'refused' : 'unknown',
  });
}

/** PowerShell did not find the command, or did not accept its parameters: its body did not run. */
function neverStarted(name: string, { fullyQualifiedErrorId: id, target }: ErrorDetails): boolean {
  if (id === 'CommandNotFoundException') return target === name;
  return (
    /^(?:Parameter|NamedParameter|MissingMandatoryParameter|AmbiguousParameter|CannotConvertArgument)/.test(
      id,
    ) && id.endsWith(`,${name}`)
  );
}
