import type { Report } from '../../remote/contract.ts';
import { type Baseline, restartSeen, serviceAnswers, workerOf } from './baseline.ts';
import type { Ending, Reason } from './change.ts';
import { fileSeenIn } from './file-seen.ts';
import type { Plan } from './plan.ts';
import { proofOf } from './proof.ts';
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
 * one not written, another worker process that answers means restarted. Anything else stays unknown for a person.
 */
export const judgeOutcome = (change: Interrupted, report: Report): Ending => {
  const { plan, stage, at, reason } = change;
  const file = fileSeenIn(plan, report);
  const unknown: Ending = {
    state: 'unknown',
    result: { kind: 'unknown', at, reason, file, seenAt: report.readAt, wayBackFailed: stage === 'undo' },
  };
  const restarted = restartSeen(change.baseline.worker, workerOf(report));
  const proof = () => proofOf(plan, change.baseline, report, change.backup, change.leftDifferent);

  if (stage === 'undo') {
    if (file !== 'before' || !restarted || !serviceAnswers(report)) return unknown;
    return { state: 'failed', result: { kind: 'restored', at, reason, proof: proof() } };
  }
  if (stage === 'write' && file === 'before') {
    return { state: 'failed', result: { kind: 'not-done', at, reason, seenAt: report.readAt } };
  }
  if (file !== 'after') return unknown;
  if (stage === 'restart' && restarted && serviceAnswers(report)) {
    return { state: 'succeeded', result: { kind: 'proven', proof: proof() } };
  }
  return {
    state: 'failed',
    result: {
      kind: 'not-active',
      at,
      reason: stage === 'restart' && restarted ? serviceSilent : reason,
      seenAt: report.readAt,
    },
  };
};

/** The restart was seen, and the web service does not answer after it. */
export const serviceSilent: Reason = {
  code: 'service-silent',
  text: 'the web service does not answer after the restart',
  remedy: 'Look into the System log, source WAS, events 5002 and 5117.',
  serverText: null,
};
