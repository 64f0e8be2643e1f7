import { type PowershellCommand, PowershellProcess } from '../../local/powershell-process.ts';
import { emptyGuid } from '../../psrp/guid.ts';
import type { Engine, EngineListener, EnginePool } from '../engine.ts';
import { type RelayedMessage, RelayedMessages } from './relayed-messages.ts';

export interface PowershellEngine extends Engine {
  /** Kills every process at once, with whatever it is doing; resolves when they have ended. */
  kill(): Promise<void>;
}

/** An engine whose every pool is a PowerShell process of its own, as wsmprovhost.exe is behind a shell on Windows. */
export function createPowershellEngine(command: () => PowershellCommand): PowershellEngine {
  const processes = new Set<PowershellProcess>();
  return {
    openPool(creationFragments, listener) {
      const pool = new PowershellPool(command(), creationFragments, listener);
      processes.add(pool.process);
      void pool.process.exited.then(() => processes.delete(pool.process));
      return pool;
    },
    async kill() {
      const all = [...processes];
      for (const process of all) process.kill();
      await Promise.all(all.map((process) => process.exited));
    },
  };
}

/** How long a pool that is closed while it works has to stop what it does. */
const stopMilliseconds = 3_000;

class PowershellPool implements EnginePool {
  readonly process: PowershellProcess;
  readonly #listener: EngineListener;
  /** What comes out of the pool (the empty GUID) and of each pipeline that has not ended. */
  readonly #outgoing = new Map([[emptyGuid, new RelayedMessages()]]);
  #isClosing = false;
  /** The pool's first messages are handed over together, so that one Receive brings them all. */
  #opening: Buffer[] | undefined = [];

  constructor(command: PowershellCommand, creationFragments: Uint8Array, listener: EngineListener) {
    this.#listener = listener;
    this.process = new PowershellProcess(command, {
      data: (id, fragments) =>
        id === emptyGuid ? this.#poolData(fragments) : this.#pipelineData(id, fragments),
      ended: () => {
        // Who closed it knows, and may have a new pool of the same name by now.
        if (!this.#isClosing) listener.ended();
      },
    });
    this.process.send('Data', emptyGuid, Buffer.from(creationFragments));
  }

  startPipeline(pipelineId: string, fragments: Uint8Array): void {
    const id = pipelineId.toLowerCase();
    this.#outgoing.set(id, new RelayedMessages());
    this.process.send('Command', id);
    this.process.send('Data', id, Buffer.from(fragments));
  }

  feed(pipelineId: string | undefined, fragments: Uint8Array): void {
    this.process.send('Data', pipelineId?.toLowerCase() ?? emptyGuid, Buffer.from(fragments));
  }

  signal(pipelineId: string): void {
    const id = pipelineId.toLowerCase();
    if (this.#outgoing.has(id)) this.process.send('Signal', id);
  }

  /** What runs is stopped first, so that it can put things in order. */
  close(): void {
    this.#isClosing = true;
    const running = [...this.#outgoing.keys()].filter((id) => id !== emptyGuid);
    if (running.length === 0) {
      this.process.kill();
      return;
    }
    for (const id of running) this.signal(id);
    const deadline = setTimeout(() => this.process.kill(), stopMilliseconds);
    void this.process.exited.then(() => clearTimeout(deadline));
  }

  #poolData(fragments: Buffer): void {
    if (this.#opening === undefined) {
      this.#listener.poolOutput(fragments);
      return;
    }
    this.#opening.push(fragments);
    if (!this.#watch(emptyGuid, fragments).includes('pool-state')) return;
    this.#listener.poolOutput(Buffer.concat(this.#opening));
    this.#opening = undefined;
  }

  #pipelineData(id: string, fragments: Buffer): void {
    this.#listener.pipelineOutput(id, fragments);
    if (!this.#watch(id, fragments).includes('pipeline-end')) return;
    this.#outgoing.delete(id);
    this.process.send('Close', id);
    this.#listener.pipelineEnded(id);
    if (this.#isClosing && this.#outgoing.size === 1) this.process.kill();
  }

  #watch(id: string, fragments: Buffer): RelayedMessage[] {
    return this.#outgoing.get(id)?.push(fragments) ?? [];
  }
}
