import type { ApplyResult, RestartResult, RestoreResult } from '../../contract.ts';

type Refusal = Extract<ApplyResult & { outcome: 'refused' }, RestartResult & RestoreResult>;

/** The answer of a function that changed nothing. */
export function refused(reason: Refusal['reason'], text: string): Refusal {
  return { outcome: 'refused', reason, text };
}
