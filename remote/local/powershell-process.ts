import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { encodeProcessElement, type ProcessElement, parseProcessElement } from '../psrp/process-element.ts';
import { LineSplitter } from './line-splitter.ts';

export interface PowershellCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** All that the process gets; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/** Why a process is of no more use. */
export interface ProcessEnd {
  /** Our own words: "exit code 1", "there is no such program". */
  readonly reason: string;
  /** The last of what it wrote to its standard error; outside text. */
  readonly errorText: string;
}

export interface ProcessListener {
  /** Fragments of a pipeline, or of the pool when the id is the empty GUID. */
  data(id: string, fragments: Buffer): void;
  /** The process is gone, or says something that is not PSRP. Called once. */
  ended(end: ProcessEnd): void;
}

/** What became of an element: only one that was not written surely has no effect. */
export type Delivery = 'acknowledged' | 'written' | 'not-written';

type SentKind = 'Data' | 'Command' | 'Signal' | 'Close';

/** No line of a server mode comes near: its fragments are of 32 KB. */
const longestLine = 4 * 1024 * 1024;
const longestErrorText = 2_000;

/**
 * A PowerShell in its server mode (`-s`, `-sshs`): PSRP fragments in XML elements over standard input and output. Elements are sent one at a time,
 * each after the acknowledgement of the one before: a pipeline's data that comes ahead of its CommandAck would hang it.
 */
export class PowershellProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listener: ProcessListener;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  #queue: Promise<unknown> = Promise.resolve();
  #awaited: { readonly kind: string; readonly id: string; heard(): void } | undefined;
  #errorText = '';
  #over = false;

  constructor({ file, args, env }: PowershellCommand, listener: ProcessListener) {
    this.#listener = listener;
    this.#child = spawn(file, args, {
      env: { ...env },
      stdio: 'pipe',
      // In a group of its own, so that kill reaches what it may have started in its turn.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve());
      this.#child.once('close', () => resolve());
    });
    this.#child.on('error', (error) => this.#end(startProblem(error)));
    // Its end tells more than a pipe that nobody reads any more.
    this.#child.stdin.on('error', () => this.#child.stdin.destroy());
    this.#child.on('close', (code, signal) => this.#end(code === null ? `${signal}` : `exit code ${code}`));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errorText = (this.#errorText + text).slice(-longestErrorText);
    });
    const lines = new LineSplitter(longestLine);
    this.#child.stdout.on('data', (bytes: Buffer) => {
      for (const line of lines.push(bytes)) this.#take(line);
      if (lines.isTooLong) this.#end('a line that has no end');
    });
  }

  /** Sends one element when those before it were acknowledged. Never rejects. */
  send(kind: SentKind, id: string, data: Buffer = Buffer.alloc(0)): Promise<Delivery> {
    const delivery = this.#queue.then(() => this.#write(kind, id, data));
    this.#queue = delivery;
    return delivery;
  }

  /** Ends the process at once, with whatever it is doing, as a machine that loses its session does. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  }

  async #write(kind: SentKind, id: string, data: Buffer): Promise<Delivery> {
    if (this.#over) return 'not-written';
    let isHeard = false;
    const heard = new Promise<void>((resolve) => {
      this.#awaited = {
        kind: `${kind}Ack`,
        id,
        heard: () => {
          isHeard = !this.#over;
          resolve();
        },
      };
    });
    this.#child.stdin.write(encodeProcessElement({ kind, id, data }));
    await heard;
    return isHeard ? 'acknowledged' : 'written';
  }

  #take(line: string): void {
    if (this.#over || line.trim() === '') return;
    const element = parseProcessElement(line);
    if (element === undefined) this.#end('it wrote something that is not PSRP');
    else this.#hear(element);
  }

  #hear({ kind, id, data }: ProcessElement): void {
    if (kind === 'Data') this.#listener.data(id, data);
    else if (this.#awaited?.kind === kind && this.#awaited.id === id) this.#awaited.heard();
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#awaited?.heard();
    this.kill();
    this.#listener.ended({ reason, errorText: this.#errorText.trim() });
  }
}

function startProblem(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such program';
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'access denied';
  return error.code ?? 'it did not start';
}
