import type { Outcome } from '../coded-error.ts';
import { ProtocolError } from '../protocol-error.ts';
import { RemoteError } from '../remote-error.ts';
import { Defragmenter, encodeFragments } from './fragment.ts';
import { emptyGuid } from './guid.ts';
import { decodeMessage, encodeMessage, messageTypes, type PsrpMessage } from './message.ts';
import { createPipelineData, type NamedCommand } from './messages/create-pipeline.ts';
import type { ErrorDetails } from './messages/error-record.ts';
import { initRunspacePoolData } from './messages/init-runspace-pool.ts';
import type { Progress } from './messages/progress-record.ts';
import { readRunspacePoolState, runspacePoolStates } from './messages/runspace-pool-state.ts';
import { sessionCapabilityData } from './messages/session-capability.ts';
import { PipelineCollector, type PipelineResult } from './pipeline-result.ts';
import type { PsrpTransport, TransportCall } from './transport.ts';

export interface Invocation extends NamedCommand, TransportCall {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The client's side of one runspace pool with one runspace (MS-PSRP 3.1). One call at a time. */
export class RunspacePool {
  readonly #transport: PsrpTransport;
  readonly #newGuid: () => string;
  readonly #poolId: string;
  #objectId = 0n;

  /** @param newGuid a fresh GUID in lower case */
  constructor(transport: PsrpTransport, newGuid: () => string) {
    this.#transport = transport;
    this.#newGuid = newGuid;
    this.#poolId = newGuid();
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
   * @throws RemoteError; `function-failed` when the pipeline ended with an error. Once the command was taken, the outcome
   * of any other error is unknown: the function goes on at the server, and is not stopped, since half a restart is worse.
   */
  async invoke(invocation: Invocation): Promise<PipelineResult> {
    const pipelineId = this.#newGuid();
    const [first, ...others] = this.#fragments(
      messageTypes.createPipeline,
      pipelineId,
      createPipelineData(invocation),
    );
    await this.#transport.command(pipelineId, first as Buffer, invocation);
    try {
      for (const fragment of others) await this.#transport.send(pipelineId, fragment, invocation);
      return await this.#collect(pipelineId, invocation);
    } catch (error) {
      throw withOutcome(error, (outcome) => (isFunctionFailed(error) ? outcome : 'unknown'));
    }
  }

  /** @throws RemoteError */
  close(call: TransportCall): Promise<void> {
    return this.#transport.close(call);
  }

  async #waitUntilOpened(call: TransportCall): Promise<void> {
    const stream = new MessageStream(call.doing);
    for (;;) {
      const { data } = await this.#transport.receive(undefined, call);
      for (const message of stream.push(data)) {
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

  async #collect(pipelineId: string, invocation: Invocation): Promise<PipelineResult> {
    const { doing } = invocation;
    const stream = new MessageStream(doing);
    const collector = new PipelineCollector(invocation.onProgress);
    for (;;) {
      const { data, done } = await this.#transport.receive(pipelineId, invocation);
      for (const message of stream.push(data)) collector.add(message);
      if (collector.end !== undefined) {
        if (!done) await this.#release(pipelineId, invocation);
        if (collector.end === 'failed') throw functionFailed(invocation, collector.failure);
        return collector.result;
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

function functionFailed(invocation: Invocation, error: ErrorDetails | undefined): RemoteError {
  return new RemoteError('remote.function-failed', {
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

const isFunctionFailed = (error: unknown) =>
  error instanceof RemoteError && error.code === 'remote.function-failed';

function withOutcome(error: unknown, change: (outcome: Outcome) => Outcome): unknown {
  if (!(error instanceof RemoteError) || change(error.outcome) === error.outcome) return error;
  const { doing, detail, serverText, cause } = error;
  return new RemoteError(error.code, {
    doing,
    ...(detail === undefined ? {} : { detail }),
    ...(serverText === undefined ? {} : { serverText }),
    outcome: change(error.outcome),
    cause,
  });
}
