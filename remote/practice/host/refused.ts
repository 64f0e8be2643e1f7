import type { ApplyResult, RestartResult, RestoreResult } from '../../contract.ts';

export type Refused = Extract<ApplyResult & { outcome: 'refused' }, RestartResult & RestoreResult>;

/** The answer of a function that changed nothing. */
export function refused(reason: Refused['reason'], text: string): Refused {
  return { outcome: 'refused', reason, text };
}
