import { displayText } from './clixml-value.ts';
import type { PsrpMessage } from './message.ts';
import { messageTypes } from './message.ts';
import { type ErrorDetails, readErrorRecord } from './messages/error-record.ts';
import { pipelineStates, readPipelineState } from './messages/pipeline-state.ts';
import { type Progress, readProgressRecord } from './messages/progress-record.ts';

export interface PipelineResult {
  readonly output: readonly string[];
  /** Errors that did not end the pipeline. */
  readonly errors: readonly ErrorDetails[];
}

/** Gathers what one pipeline answers. */
export class PipelineCollector {
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #output: string[] = [];
  readonly #errors: ErrorDetails[] = [];
  #end: 'completed' | 'failed' | 'stopped' | undefined;
  #failure: ErrorDetails | undefined;

  constructor(onProgress?: (progress: Progress) => void) {
    this.#onProgress = onProgress;
  }

  /** Undefined as long as the pipeline runs. */
  get end(): 'completed' | 'failed' | 'stopped' | undefined {
    return this.#end;
  }

  /** The error that ended the pipeline, or the last one before it stopped. */
  get failure(): ErrorDetails | undefined {
    return this.#failure ?? this.#errors.at(-1);
  }

  get result(): PipelineResult {
    return { output: this.#output, errors: this.#errors };
  }

  /** Messages of other types (warnings, verbose, information) are passed over. */
  add({ type, data }: PsrpMessage): void {
    if (type === messageTypes.pipelineOutput) this.#output.push(displayText(data));
    else if (type === messageTypes.errorRecord) this.#errors.push(readErrorRecord(data));
    else if (type === messageTypes.progressRecord) this.#report(readProgressRecord(data));
    else if (type === messageTypes.pipelineState) {
      const { state, error } = readPipelineState(data);
      this.#failure = error;
      if (state === pipelineStates.completed) this.#end = 'completed';
      if (state === pipelineStates.failed) this.#end = 'failed';
      if (state === pipelineStates.stopped) this.#end = 'stopped';
    }
  }

  #report(progress: Progress): void {
    try {
      this.#onProgress?.(progress);
    } catch {
      // A listener's own trouble must not decide what a call that runs on the server came to.
    }
  }
}
