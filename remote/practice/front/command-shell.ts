import type { CommandListener, RunningCommand, StartCommandLine } from '../command-line.ts';
import { OutputQueue } from './output-queue.ts';

/** What one command has said and not been asked for yet. */
class CommandOutput implements CommandListener {
  readonly out = new OutputQueue();
  readonly error = new OutputQueue();
  exitCode: number | undefined;

  stdout(bytes: Buffer): void {
    this.out.push(bytes);
  }

  stderr(bytes: Buffer): void {
    this.error.push(bytes);
  }

  ended(exitCode: number): void {
    if (this.exitCode !== undefined) return;
    this.exitCode = exitCode;
    this.out.end();
    this.error.end();
  }

  get hasEnded(): boolean {
    return this.exitCode !== undefined && this.out.empty && this.error.empty;
  }

  /** Waits for output on either stream, or the end. */
  async untilSome(milliseconds: number, gone: AbortSignal): Promise<void> {
    const one = new AbortController();
    const signal = AbortSignal.any([gone, one.signal]);
    await Promise.race([this.out, this.error].map((queue) => queue.untilOutput(milliseconds, signal)));
    one.abort();
  }
}

interface Command {
  readonly output: CommandOutput;
  readonly running: RunningCommand;
}

/** One command shell (WinRS) of the front: its commands and their output. */
export class CommandShell {
  readonly owner: string;
  readonly #start: StartCommandLine;
  readonly #commands = new Map<string, Command>();

  constructor(owner: string, start: StartCommandLine) {
    this.owner = owner;
    this.#start = start;
  }

  start(commandId: string, line: string): void {
    const output = new CommandOutput();
    this.#commands.set(commandId, { output, running: this.#start(line, output) });
  }

  outputOf(commandId: string): CommandOutput | undefined {
    return this.#commands.get(commandId)?.output;
  }

  /** Ends a command and forgets it, whether it runs or has ended. */
  terminate(commandId: string): void {
    this.#commands.get(commandId)?.running.kill();
    this.#commands.delete(commandId);
  }

  close(): void {
    for (const id of [...this.#commands.keys()]) this.terminate(id);
  }
}
