import { Defragmenter } from '../../psrp/fragment.ts';
import { emptyGuid } from '../../psrp/guid.ts';
import { decodeMessage, messageTypes, type PsrpMessage } from '../../psrp/message.ts';
import { pipelineStates, readPipelineState } from '../../psrp/messages/pipeline-state.ts';
import type { Engine, EngineListener, EnginePool } from '../engine.ts';
import { type PowershellCommand, PowershellProcess } from './powershell-process.ts';

/** An engine whose every pool is a PowerShell process of its own, as wsmprovhost.exe is behind a shell on Windows. */
export function createPowershellEngine(command: () => PowershellCommand): Engine {
  return {
    openPool: (creationFragments, listener) => new PowershellPool(command(), creationFragments, listener),
  };
}

const finalStates: ReadonlySet<number | undefined> = new Set([
  pipelineStates.completed,
  pipelineStates.failed,
  pipelineStates.stopped,
]);

class PowershellPool implements EnginePool {
  readonly #process: PowershellProcess;
  readonly #listener: EngineListener;
  readonly #outgoing = new Map<string, Defragmenter>();
  /** The pool's first messages are handed over together, so that one Receive brings them all. */
  #opening: Buffer[] | undefined = [];

  constructor(command: PowershellCommand, creationFragments: Uint8Array, listener: EngineListener) {
    this.#listener = listener;
    this.#process = new PowershellProcess(command, {
      data: (id, fragments) =>
        id === emptyGuid ? this.#poolData(fragments) : this.#pipelineData(id, fragments),
      ended: () => listener.ended(),
    });
    this.#process.send('Data', emptyGuid, Buffer.from(creationFragments));
  }

  startPipeline(pipelineId: string, fragments: Uint8Array): void {
    const id = pipelineId.toLowerCase();
    this.#process.send('Command', id);
    this.#process.send('Data', id, Buffer.from(fragments));
  }

  feed(pipelineId: string | undefined, fragments: Uint8Array): void {
    this.#process.send('Data', pipelineId?.toLowerCase() ?? emptyGuid, Buffer.from(fragments));
  }

  signal(pipelineId: string): void {
    this.#process.send('Signal', pipelineId.toLowerCase());
  }

  close(): void {
    this.#process.kill();
  }

  #poolData(fragments: Buffer): void {
    if (this.#opening === undefined) {
      this.#listener.poolOutput(fragments);
      return;
    }
    this.#opening.push(fragments);
    if (!this.#messages(emptyGuid, fragments).some(({ type }) => type === messageTypes.runspacePoolState))
      return;
    this.#listener.poolOutput(Buffer.concat(this.#opening));
    this.#opening = undefined;
  }

  #pipelineData(id: string, fragments: Buffer): void {
    this.#listener.pipelineOutput(id, fragments);
    if (!this.#messages(id, fragments).some(isFinal)) return;
    this.#outgoing.delete(id);
    this.#process.send('Close', id);
    this.#listener.pipelineEnded(id);
  }

  /** The messages that these fragments complete; they go on to the client byte for byte. */
  #messages(id: string, fragments: Buffer): PsrpMessage[] {
    const defragmenter = this.#outgoing.get(id) ?? new Defragmenter();
    this.#outgoing.set(id, defragmenter);
    return defragmenter.push(fragments).map(decodeMessage);
  }
}

function isFinal({ type, data }: PsrpMessage): boolean {
  return type === messageTypes.pipelineState && finalStates.has(readPipelineState(data).state);
}
