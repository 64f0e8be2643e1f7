import type { ClixmlValue } from '../psrp/clixml-value.ts';
import { messageTypes } from '../psrp/message.ts';
import { type ReceivedCommand, readCreatePipeline } from '../psrp/messages/create-pipeline.ts';
import { pipelineStateData, pipelineStates } from '../psrp/messages/pipeline-state.ts';
import { progressRecordData } from '../psrp/messages/progress-record.ts';
import { FunctionFailure } from './host/function-failure.ts';
import { type FunctionCall, runFunction } from './host/run-function.ts';
import type { SimulatedHost } from './host/simulated-host.ts';

export interface PipelineOutput {
  send(type: number, data: ClixmlValue): void;
  ended(): void;
}

/** One pipeline of a simulated pool: one function, its progress, one JSON string, its final state. */
export class SimulatedPipeline {
  readonly #host: SimulatedHost;
  readonly #output: PipelineOutput;
  #over = false;

  constructor(host: SimulatedHost, output: PipelineOutput) {
    this.#host = host;
    this.#output = output;
  }

  start(createPipeline: ClixmlValue): void {
    this.#run(createPipeline).then(
      (json) => this.#finish(pipelineStateData(pipelineStates.completed), json),
      (error: unknown) => this.#finish(pipelineStateData(pipelineStates.failed, details(error))),
    );
  }

  /** Ctrl+C: the caller hears that it stopped. A function that has begun to act goes on to its end, as IISReset would. */
  stop(): void {
    const stopped = {
      message: 'The pipeline has been stopped.',
      fullyQualifiedErrorId: 'PipelineStopped',
      target: '',
    };
    this.#finish(pipelineStateData(pipelineStates.stopped, stopped));
  }

  /** The pool is gone: nobody hears anything more. */
  abandon(): void {
    this.#over = true;
  }

  async #run(createPipeline: ClixmlValue): Promise<string> {
    const call = onlyFunction(readCreatePipeline(createPipeline));
    const result = await runFunction(this.#host, call, (step) => {
      const progress = progressRecordData({ activity: call.name, status: step, percent: -1 });
      if (!this.#over) this.#output.send(messageTypes.progressRecord, progress);
    });
    return JSON.stringify(result);
  }

  #finish(state: ClixmlValue, json?: string): void {
    if (this.#over) return;
    this.#over = true;
    if (json !== undefined) this.#output.send(messageTypes.pipelineOutput, json);
    this.#output.send(messageTypes.pipelineState, state);
    this.#output.ended();
  }
}

function onlyFunction(commands: readonly ReceivedCommand[]): FunctionCall {
  const [command] = commands;
  if (command === undefined || commands.length > 1 || command.isScript) {
    throw new FunctionFailure(
      'The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.',
      'ScriptsNotAllowed',
    );
  }
  const parameters = new Map(command.parameters.map(({ name, value }) => [name, value]));
  if (parameters.size < command.parameters.length) {
    throw new FunctionFailure(
      `${command.name}: a parameter is named twice.`,
      `ParameterAlreadyBound,${command.name}`,
    );
  }
  return { name: command.name, parameters };
}

function details(error: unknown): { message: string; fullyQualifiedErrorId: string; target: string } {
  if (error instanceof FunctionFailure)
    return { message: error.message, fullyQualifiedErrorId: error.errorId, target: error.target };
  return {
    message: 'The function stopped with an error.',
    fullyQualifiedErrorId: 'FunctionStopped',
    target: '',
  };
}
