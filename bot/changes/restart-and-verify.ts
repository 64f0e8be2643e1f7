import { RemoteError } from '../../remote/remote-error.ts';
import {
  type Baseline,
  configIsBroken,
  restartedSince,
  serviceAnswers,
  serviceIsSilent,
  workerOf,
} from './baseline.ts';
import { callWithSteps, finishSteps } from './call-with-steps.ts';
import type { Ending, Reason } from './change.ts';
import { fileSeenIn } from './file-seen.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { isPast, look } from './look.ts';
import { changeReason, reasonOf, refusalReason } from './reason.ts';
import { interrupted, latestStart, type Run, type ServerClock, unknownAt, type Written } from './run.ts';
import type { StepName } from './step.ts';
import { undo } from './undo.ts';

/** Restarts once and reads what came of it. */
export const restartAndVerify = async (
  run: Run,
  baseline: Baseline,
  serverClock: ServerClock,
  written: Written,
): Promise<Ending> => {
  const { plan, server, journal, runtime } = run;
  const notAfter = latestStart(runtime, serverClock);
  const called = await callWithSteps(journal, ['restart', 'wait'], { notAfter }, (onProgress) =>
    server.restart(
      { changeId: plan.changeId, notAfter, activation: plan.activation },
      { onProgress, deadline: runtime.settings.restartDeadline },
    ),
  );
  let at: StepName = called.reached;
  let reason = restartNotSeen;
  if ('error' in called) {
    reason = reasonOf(called.error);
  } else if (called.result.outcome === 'refused') {
    reason = refusalReason(called.result);
  } else {
    await finishSteps(journal, ['restart', 'wait'], at);
    at = 'verify';
    await journal.started('verify');
  }
  // A refused or answered call does not act any more; only a lost one can still begin.
  const lost = 'error' in called && called.error.outcome !== 'not-sent' ? notAfter : undefined;
  const seen = await look(server, runtime, {
    notAfter: lost,
    enough: (report) =>
      configIsBroken(report) ||
      (serviceAnswers(report) && (restartedSince(baseline, report) || isPast(lost, report))),
  });
  if (seen instanceof RemoteError) {
    await journal.unknown(at);
    return unknownAt(at, at === 'verify' ? reasonOf(seen) : reason, false, seen).ending;
  }
  const ending = judgeOutcome(interrupted(run, baseline, 'restart', at, reason, written), seen);
  if (ending.state === 'succeeded') await finishSteps(journal, ['restart', 'wait', 'verify'], at);
  else await (ending.state === 'unknown' ? journal.unknown(at) : journal.failed(at));
  const brokeTheService = baseline.serviceAnswered && serviceIsSilent(seen);
  if (
    plan.kind === 'raise' &&
    brokeTheService &&
    fileSeenIn(plan, seen) === 'after' &&
    written.backup !== null
  ) {
    return undo(
      run,
      { worker: workerOf(seen), serviceAnswered: true },
      serverClock,
      { ...written, backup: written.backup },
      reasonIn(ending),
    );
  }
  return ending;
};

const reasonIn = (ending: Ending): Reason =>
  'reason' in ending.result ? ending.result.reason : restartNotSeen;

const restartNotSeen = changeReason('restart-not-seen');
