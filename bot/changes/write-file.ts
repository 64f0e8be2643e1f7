import type { ApplyResult, RestoreResult } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Baseline } from './baseline.ts';
import { callWithSteps, finishSteps } from './call-with-steps.ts';
import { fileSeenIn } from './file-seen.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { isPast, look } from './look.ts';
import { backupOf, type Plan } from './plan.ts';
import { reasonOf, refusalReason } from './reason.ts';
import {
  type Ended,
  interrupted,
  latestStart,
  notDone,
  type Run,
  type ServerClock,
  unknownAt,
  type Written,
} from './run.ts';
import type { StepName } from './step.ts';

/** Puts the approved file in place: by the edit of a raise, or by the backup of a roll-back. */
export const writeFile = async (
  run: Run,
  baseline: Baseline,
  serverClock: ServerClock,
): Promise<Ended | Written> => {
  const { plan, server, journal, runtime } = run;
  const notAfter = latestStart(runtime, serverClock);
  const request = {
    changeId: plan.changeId,
    notAfter,
    sha256Before: plan.sha256Before,
    sha256After: plan.sha256After,
  };
  const steps: StepName[] =
    plan.kind === 'raise' ? ['backup', 'write', 'verify-file'] : ['write', 'verify-file'];
  const called = await callWithSteps<ApplyResult | RestoreResult>(
    journal,
    steps,
    { notAfter },
    (onProgress) => {
      const options = { onProgress, deadline: runtime.settings.applyDeadline };
      return plan.kind === 'raise'
        ? server.apply({ ...request, edits: editsOf(plan) }, options)
        : server.restore({ ...request, backup: plan.backup ?? '' }, options);
    },
  );
  if ('error' in called) return findOutAboutWrite(run, baseline, notAfter, called.reached, called.error);
  const { result, reached } = called;
  if (result.outcome === 'refused') {
    await journal.failed(reached);
    if (result.reason === 'stale') {
      return { ending: { state: 'stale', result: { kind: 'stale', seenAt: serverClock().toISOString() } } };
    }
    return notDone(reached, refusalReason(result), null);
  }
  if (result.sha256 !== plan.sha256After)
    return findOutAboutWrite(run, baseline, notAfter, reached, anotherFile());
  await finishSteps(journal, steps, reached);
  const backup = result.outcome === 'written' ? result.backup.name : plan.backup;
  return { backup, leftDifferent: result.leftDifferent };
};

/** The answer to the write was lost, or the function stopped with an error: the server says what is true. */
const findOutAboutWrite = async (
  run: Run,
  baseline: Baseline,
  notAfter: string,
  at: StepName,
  error: RemoteError,
): Promise<Ended | Written> => {
  const { plan, journal } = run;
  const reason = reasonOf(error);
  if (error.outcome === 'not-sent') {
    await journal.failed(at);
    return notDone(at, reason, null);
  }
  const seen = await look(run.server, run.runtime, {
    notAfter,
    enough: (report) => fileSeenIn(plan, report) === 'after' || isPast(notAfter, report),
  });
  if (seen instanceof RemoteError) {
    await journal.unknown(at);
    return unknownAt(at, reason, false, seen);
  }
  const backup = backupOf(plan);
  if (fileSeenIn(plan, seen) === 'after') {
    await journal.done(at);
    return { backup, leftDifferent: [] };
  }
  const ending = judgeOutcome(
    interrupted(run, baseline, 'write', at, reason, { backup, leftDifferent: [] }),
    seen,
  );
  await (ending.state === 'unknown' ? journal.unknown(at) : journal.failed(at));
  return { ending };
};

/** An answer that names another file than the approved one says nothing. */
const anotherFile = (): RemoteError =>
  new RemoteError('remote.broken-answer', { doing: 'writing web.config', outcome: 'unknown' });

const editsOf = (plan: Plan): Record<string, number> =>
  Object.fromEntries(plan.edits.map(({ key, to }) => [key, to]));
