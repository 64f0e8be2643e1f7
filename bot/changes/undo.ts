import { RemoteError } from '../../remote/remote-error.ts';
import { type Baseline, restartedSince, serviceAnswers } from './baseline.ts';
import { callWithSteps } from './call-with-steps.ts';
import type { Ending, FileSeen, Reason } from './change.ts';
import { fileSeenIn } from './file-seen.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { isPast, look, whenSeen } from './look.ts';
import { interrupted, latestStart, type Run, type ServerClock, unknownAt, type Written } from './run.ts';

/** The service answered before and does not now: the backup is put back, and what that brought is looked at. */
export const undo = async (
  run: Run,
  baseline: Baseline,
  serverClock: ServerClock,
  written: Written & { readonly backup: string },
  reason: Reason,
): Promise<Ending> => {
  const { server, journal, runtime } = run;
  const putBack = await putBackupBack(run, baseline, serverClock, written.backup);
  if (putBack.file !== 'before') return unknownAt('undo-write', reason, true, putBack).ending;
  const lost = await restartAgain(run, serverClock);
  await journal.started('undo-verify');
  const seen = await look(server, runtime, {
    notAfter: lost,
    enough: (report) => serviceAnswers(report) && (restartedSince(baseline, report) || isPast(lost, report)),
  });
  if (seen instanceof RemoteError) {
    await journal.unknown('undo-verify');
    return unknownAt('undo-verify', reason, true, seen).ending;
  }
  const ending = judgeOutcome(
    interrupted(run, baseline, 'undo', 'undo-verify', reason, {
      backup: written.backup,
      leftDifferent: putBack.leftDifferent,
    }),
    seen,
  );
  await (ending.state === 'unknown' ? journal.unknown('undo-verify') : journal.done('undo-verify'));
  return ending;
};

interface PutBack {
  readonly file: FileSeen;
  /** When the file was seen so; null: it was not. */
  readonly seenAt: string | null;
  readonly leftDifferent: readonly string[];
}

/** Asks for the restore once. Where its answer was lost, the server says whether the old file is there. */
const putBackupBack = async (
  run: Run,
  baseline: Baseline,
  serverClock: ServerClock,
  backup: string,
): Promise<PutBack> => {
  const { plan, server, journal, runtime } = run;
  const notAfter = latestStart(runtime, serverClock);
  const called = await callWithSteps(journal, ['undo-write'], { notAfter, baseline }, (onProgress) =>
    server.restore(
      {
        changeId: plan.changeId,
        notAfter,
        backup,
        sha256Before: plan.sha256After,
        sha256After: plan.sha256Before,
      },
      { onProgress, deadline: runtime.settings.applyDeadline },
    ),
  );
  if ('result' in called && called.result.outcome === 'restored') {
    await journal.done('undo-write');
    const { writtenAt, leftDifferent } = called.result;
    return { file: 'before', seenAt: writtenAt, leftDifferent };
  }
  const lost = 'error' in called && called.error.outcome !== 'not-sent' ? notAfter : undefined;
  const seen = await look(server, runtime, {
    notAfter: lost,
    enough: (report) => fileSeenIn(plan, report) === 'before' || isPast(lost, report),
  });
  const file = seen instanceof RemoteError ? 'not-seen' : fileSeenIn(plan, seen);
  if (file === 'before') await journal.done('undo-write');
  else await (file === 'not-seen' ? journal.unknown('undo-write') : journal.failed('undo-write'));
  return { file, seenAt: whenSeen(seen), leftDifferent: [] };
};

/** Restarts once more. Answers until when a lost request may still begin, by the server's clock. */
const restartAgain = async (run: Run, serverClock: ServerClock): Promise<string | undefined> => {
  const { plan, server, journal, runtime } = run;
  const notAfter = latestStart(runtime, serverClock);
  const called = await callWithSteps(journal, ['undo-restart'], { notAfter }, (onProgress) =>
    server.restart(
      { changeId: plan.changeId, notAfter, activation: plan.activation },
      { onProgress, deadline: runtime.settings.restartDeadline },
    ),
  );
  if ('error' in called) {
    const notSent = called.error.outcome === 'not-sent';
    await (notSent ? journal.failed('undo-restart') : journal.unknown('undo-restart'));
    return notSent ? undefined : notAfter;
  }
  const refused = called.result.outcome === 'refused';
  await (refused ? journal.failed('undo-restart') : journal.done('undo-restart'));
  return undefined;
};
