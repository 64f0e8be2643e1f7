import { type ClixmlValue, extendedObject, numberOf, propertyOf } from '../clixml-value.ts';
import { type ErrorDetails, errorRecordData, readErrorRecord } from './error-record.ts';

/** PSInvocationState, MS-PSRP 2.2.3.5. */
export const pipelineStates = {
  notStarted: 0,
  running: 1,
  stopping: 2,
  stopped: 3,
  completed: 4,
  failed: 5,
  disconnected: 6,
} as const;

/** PIPELINE_STATE, MS-PSRP 2.2.2.21; with the error that ended the pipeline when there is one. */
export function pipelineStateData(state: number, error?: ErrorDetails): ClixmlValue {
  return extendedObject({
    PipelineState: state,
    ...(error === undefined ? {} : { ExceptionAsErrorRecord: errorRecordData(error) }),
  });
}

export interface PipelineEnd {
  readonly state: number | undefined;
  readonly error: ErrorDetails | undefined;
}

export function readPipelineState(data: ClixmlValue): PipelineEnd {
  const error = propertyOf(data, 'ExceptionAsErrorRecord');
  return {
    state: numberOf(propertyOf(data, 'PipelineState')),
    error: error === undefined || error === null ? undefined : readErrorRecord(error),
  };
}
