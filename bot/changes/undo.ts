import { RemoteError } from '../../remote/remote-error.ts';
import { type Baseline, restartSeen, workerOf } from './baseline.ts';
import { callWithSteps } from './call-with-steps.ts';
import type { Ending, Reason } from './change.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { look } from './look.ts';
import { interrupted, latestStart, type Run, type ServerClock, unknownAt, type Written } from './run.ts';

/** The service answered before and does not now: the backup is put back, and what that brought is looked at. */
export const undo = async (
  run: Run,
  baseline: Baseline,
  serverClock: ServerClock,
  written: Written & { readonly backup: string },
  reason: Reason,
): Promise<Ending> => {
  const { plan, server, journal, runtime } = run;
  const notAfter = latestStart(runtime, serverClock);
  const restored = await callWithSteps(journal, ['undo-write'], { notAfter, baseline }, (onProgress) =>
    server.restore(
      {
        changeId: plan.changeId,
        notAfter,
        backup: written.backup,
        sha256Before: plan.sha256After,
        sha256After: plan.sha256Before,
      },
      { onProgress, deadline: runtime.settings.applyDeadline },
    ),
  );
  if ('error' in restored || restored.result.outcome === 'refused') {
    await journal.unknown('undo-write');
    return unknownAt('undo-write', reason, true).ending;
  }
  await journal.done('undo-write');
  const restartNotAfter = latestStart(runtime, serverClock);
  const restarted = await callWithSteps(
    journal,
    ['undo-restart'],
    { notAfter: restartNotAfter },
    (onProgress) =>
      server.restart(
        { changeId: plan.changeId, notAfter: restartNotAfter, activation: plan.activation },
        { onProgress, deadline: runtime.settings.restartDeadline },
      ),
  );
  await ('error' in restarted ? journal.unknown('undo-restart') : journal.done('undo-restart'));
  await journal.started('undo-verify');
  const lost = 'error' in restarted ? restartNotAfter : undefined;
  const seen = await look(server, runtime, lost, (report) => restartSeen(baseline.worker, workerOf(report)));
  if (seen instanceof RemoteError) {
    await journal.unknown('undo-verify');
    return unknownAt('undo-verify', reason, true).ending;
  }
  const ending = judgeOutcome(
    interrupted(run, baseline, 'undo', 'verify', reason, {
      backup: written.backup,
      leftDifferent: restored.result.leftDifferent,
    }),
    seen,
  );
  await (ending.state === 'unknown' ? journal.unknown('undo-verify') : journal.done('undo-verify'));
  return ending;
};
