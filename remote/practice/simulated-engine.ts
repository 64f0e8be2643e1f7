import { Defragmenter } from '../psrp/fragment.ts';
import { decodeMessage, messageTypes, type PsrpMessage } from '../psrp/message.ts';
import { applicationPrivateData } from '../psrp/messages/application-private-data.ts';
import { runspacePoolStateData, runspacePoolStates } from '../psrp/messages/runspace-pool-state.ts';
import { sessionCapabilityData } from '../psrp/messages/session-capability.ts';
import type { Engine, EngineListener, EnginePool } from './engine.ts';
import type { SimulatedHost } from './host/simulated-host.ts';
import { MessageWriter } from './message-writer.ts';
import { SimulatedPipeline } from './simulated-pipeline.ts';

/**
 * The server's side of PSRP over a simulated host: a session in which the named functions of the contract are all there is, as in a JEA
 * endpoint. Pools are many, the host is one.
 */
export function createSimulatedEngine(host: SimulatedHost): Engine & { kill(): void } {
  const pools = new Set<SimulatedPool>();
  return {
    openPool(creationFragments, listener) {
      const pool = new SimulatedPool(host, listener, () => pools.delete(pool));
      pools.add(pool);
      pool.feed(undefined, creationFragments);
      return pool;
    },
    kill() {
      host.lock.kill();
      for (const pool of [...pools]) pool.die();
    },
  };
}

class SimulatedPool implements EnginePool {
  readonly #host: SimulatedHost;
  readonly #listener: EngineListener;
  readonly #onClosed: () => void;
  readonly #incoming = new Map<string, Defragmenter>();
  readonly #pipelines = new Map<string, SimulatedPipeline>();
  #writer: MessageWriter | undefined;
  #closed = false;

  constructor(host: SimulatedHost, listener: EngineListener, onClosed: () => void) {
    this.#host = host;
    this.#listener = listener;
    this.#onClosed = onClosed;
  }

  startPipeline(pipelineId: string, fragments: Uint8Array): void {
    this.feed(pipelineId, fragments);
  }

  feed(pipelineId: string | undefined, fragments: Uint8Array): void {
    const stream = pipelineId ?? '';
    const defragmenter = this.#incoming.get(stream) ?? new Defragmenter();
    this.#incoming.set(stream, defragmenter);
    for (const blob of defragmenter.push(Buffer.from(fragments))) this.#take(decodeMessage(blob), pipelineId);
  }

  signal(pipelineId: string): void {
    this.#pipelines.get(pipelineId)?.stop();
  }

  close(): void {
    this.#closed = true;
    for (const pipeline of this.#pipelines.values()) pipeline.abandon();
    this.#onClosed();
  }

  /** Ends as a killed process does. */
  die(): void {
    this.close();
    this.#listener.ended();
  }

  #take(message: PsrpMessage, pipelineId: string | undefined): void {
    if (message.type === messageTypes.initRunspacePool && this.#writer === undefined)
      this.#open(message.poolId);
    if (message.type === messageTypes.createPipeline && pipelineId !== undefined)
      this.#start(message, pipelineId);
  }

  #open(poolId: string): void {
    const writer = new MessageWriter(poolId);
    this.#writer = writer;
    const opened = runspacePoolStateData(runspacePoolStates.opened);
    for (const [type, data] of [
      [messageTypes.sessionCapability, sessionCapabilityData()],
      [messageTypes.applicationPrivateData, applicationPrivateData()],
      [messageTypes.runspacePoolState, opened],
    ] as const) {
      for (const fragment of writer.fragments(type, data)) this.#listener.poolOutput(fragment);
    }
  }

  #start(message: PsrpMessage, pipelineId: string): void {
    const writer = this.#writer;
    if (writer === undefined || this.#pipelines.has(pipelineId)) return;
    const pipeline = new SimulatedPipeline(this.#host, {
      send: (type, data) => {
        if (this.#closed) return;
        for (const fragment of writer.fragments(type, data, message.pipelineId)) {
          this.#listener.pipelineOutput(pipelineId, fragment);
        }
      },
      ended: () => {
        this.#pipelines.delete(pipelineId);
        this.#incoming.delete(pipelineId);
        if (!this.#closed) this.#listener.pipelineEnded(pipelineId);
      },
    });
    this.#pipelines.set(pipelineId, pipeline);
    pipeline.start(message.data);
  }
}
