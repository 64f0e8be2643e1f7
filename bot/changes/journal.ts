import type { StepName } from './step.ts';

/** Where the steps of a running change are written down. Each call is on the disk before it returns. */
export interface Journal {
  started(step: StepName, detail?: unknown): Promise<void>;
  done(step: StepName, detail?: unknown): Promise<void>;
  failed(step: StepName): Promise<void>;
  unknown(step: StepName): Promise<void>;
}
