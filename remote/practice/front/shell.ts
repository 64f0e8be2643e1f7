import type { Engine, EnginePool } from '../engine.ts';
import { OutputQueue } from './output-queue.ts';

export interface ShellSettings {
  readonly id: string;
  readonly owner: string;
  readonly idleMilliseconds: number;
  readonly creationFragments: Buffer;
  /** The engine ended by itself. */
  readonly onEnded: () => void;
}

interface Command {
  readonly output: OutputQueue;
  readonly functionName: string | undefined;
}

/** One shell of the front: a pool of the engine, its pipelines and what they have not been asked for yet. */
export class Shell {
  readonly id: string;
  readonly owner: string;
  readonly idleMilliseconds: number;
  readonly poolOutput = new OutputQueue();
  readonly #commands = new Map<string, Command>();
  readonly #pool: EnginePool;

  /** Throws what the engine throws on creation fragments that it cannot read. */
  constructor(engine: Engine, settings: ShellSettings) {
    this.id = settings.id;
    this.owner = settings.owner;
    this.idleMilliseconds = settings.idleMilliseconds;
    this.#pool = engine.openPool(settings.creationFragments, {
      poolOutput: (fragments) => this.poolOutput.push(fragments),
      pipelineOutput: (id, fragments) => this.#commands.get(key(id))?.output.push(fragments),
      pipelineEnded: (id) => this.#commands.get(key(id))?.output.end(),
      ended: () => {
        for (const output of this.#outputs()) output.break();
        settings.onEnded();
      },
    });
  }

  start(commandId: string, functionName: string | undefined, fragments: Buffer): void {
    this.#commands.set(key(commandId), { output: new OutputQueue(), functionName });
    try {
      this.#pool.startPipeline(commandId, fragments);
    } catch (error) {
      this.forget(commandId);
      throw error;
    }
  }

  has(commandId: string): boolean {
    return this.#commands.has(key(commandId));
  }

  feed(commandId: string, data: Buffer): void {
    this.#pool.feed(commandId === '' ? undefined : commandId, data);
  }

  signal(commandId: string): void {
    this.#pool.signal(commandId);
  }

  outputOf(commandId: string): OutputQueue | undefined {
    return commandId === '' ? this.poolOutput : this.#commands.get(key(commandId))?.output;
  }

  functionOf(commandId: string): string | undefined {
    return this.#commands.get(key(commandId))?.functionName;
  }

  /** A command whose last output was fetched is no longer there. */
  forget(commandId: string): void {
    this.#commands.delete(key(commandId));
  }

  close(): void {
    this.#pool.close();
    for (const output of this.#outputs()) output.end();
  }

  /** Ends as when the service behind it ended: what nobody has fetched is lost. */
  break(): void {
    this.#pool.close();
    for (const output of this.#outputs()) output.break();
  }

  #outputs(): OutputQueue[] {
    return [this.poolOutput, ...[...this.#commands.values()].map(({ output }) => output)];
  }
}

/** GUIDs are the same in either case. */
const key = (guid: string): string => guid.toLowerCase();
