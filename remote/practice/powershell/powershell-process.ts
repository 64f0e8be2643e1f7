import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  encodeProcessElement,
  type ProcessElement,
  parseProcessElement,
} from '../../psrp/process-element.ts';

export interface PowershellCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface ProcessListener {
  /** Fragments of a pipeline, or of the pool when the id is the empty GUID. */
  data(id: string, fragments: Buffer): void;
  /** The process is gone, or says something that is not PSRP. Called once. */
  ended(): void;
}

/**
 * A PowerShell in its server mode (`-sshs`): PSRP fragments in XML elements over standard input and output. Elements are sent one at a time,
 * each after the acknowledgement of the one before: a pipeline's data that comes ahead of its CommandAck would hang it.
 */
export class PowershellProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listener: ProcessListener;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  #queue: Promise<void> = Promise.resolve();
  #acknowledged: (() => void) | undefined;
  #over = false;

  constructor({ file, args, env }: PowershellCommand, listener: ProcessListener) {
    this.#listener = listener;
    // In a group of its own, so that kill reaches what it may have started in its turn.
    this.#child = spawn(file, args, { env: { ...env }, stdio: 'pipe', detached: true });
    this.exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve());
      this.#child.once('close', () => resolve());
    });
    this.#child.stdin.on('error', () => this.#end());
    this.#child.on('error', () => this.#end());
    this.#child.on('close', () => this.#end());
    this.#child.stderr.resume();
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
  }

  send(kind: 'Data' | 'Command' | 'Signal' | 'Close', id: string, data: Buffer = Buffer.alloc(0)): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#over) return;
      const acknowledged = new Promise<void>((resolve) => {
        this.#acknowledged = resolve;
      });
      this.#child.stdin.write(encodeProcessElement({ kind, id, data }));
      await acknowledged;
    });
  }

  /** Ends the process at once, with whatever it is doing, as a machine that loses its session does. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  }

  #take(line: string): void {
    if (line.trim() === '') return;
    const element = parseProcessElement(line);
    if (element === undefined) this.#end();
    else this.#hear(element);
  }

  #hear({ kind, id, data }: ProcessElement): void {
    if (kind === 'Data') this.#listener.data(id, data);
    else this.#acknowledged?.();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#acknowledged?.();
    this.kill();
    this.#listener.ended();
  }
}
