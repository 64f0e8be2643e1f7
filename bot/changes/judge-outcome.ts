import type { Report } from '../../remote/contract.ts';
import { type Baseline, oldWorkerServes, restartedSince, serves, serviceIsSilent } from './baseline.ts';
import type { Ending, Reason } from './change.ts';
import { fileSeenIn } from './file-seen.ts';
import type { Plan } from './plan.ts';
import { proofOf } from './proof.ts';
import { changeReason } from './reason.ts';
import type { StepName } from './step.ts';

/** How far a change had come when it was last heard of: the furthest step that may have acted. */
export type Stage = 'write' | 'restart' | 'undo';

export interface Interrupted {
  readonly plan: Plan;
  readonly baseline: Baseline;
  readonly stage: Stage;
  readonly at: StepName;
  /** Why the change's own course ended. */
  readonly reason: Reason;
  readonly backup: string | null;
  readonly leftDifferent: readonly string[];
}

/**
 * What a report says about a change whose outcome is not known from its own answers: the new file means written, the old
 * one not written, another worker process that answers means restarted, the old one not. Anything else, and all that
 * could not be read, stays unknown for a person.
 */
export const judgeOutcome = (change: Interrupted, report: Report): Ending => {
  const { plan, baseline, stage, at, reason } = change;
  const file = fileSeenIn(plan, report);
  const unknown: Ending = {
    state: 'unknown',
    result: { kind: 'unknown', at, reason, file, seenAt: report.readAt, wayBackFailed: stage === 'undo' },
  };
  const works = restartedSince(baseline, report) && serves(report);
  const proof = () => proofOf(plan, baseline, report, change.backup, change.leftDifferent);
  const notActive = (why: Reason): Ending => ({
    state: 'failed',
    result: {
      kind: 'not-active',
      at,
      reason: why,
      seenAt: report.readAt,
      ...(change.leftDifferent.length === 0 ? {} : { leftDifferent: [...change.leftDifferent] }),
    },
  });

  if (stage === 'undo') {
    if (file !== 'before' || !works) return unknown;
    return { state: 'failed', result: { kind: 'restored', at, reason, proof: proof() } };
  }
  if (stage === 'write' && file === 'before') {
    return { state: 'failed', result: { kind: 'not-done', at, reason, seenAt: report.readAt } };
  }
  if (file !== 'after') return unknown;
  if (stage === 'write') return notActive(reason);
  if (works) return { state: 'succeeded', result: { kind: 'proven', proof: proof() } };
  if (serviceIsSilent(report)) return notActive(changeReason('service-silent'));
  return oldWorkerServes(baseline, report) ? notActive(reason) : unknown;
};
