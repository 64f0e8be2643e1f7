import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import { fileHashIn } from './file-seen.ts';
import { changeReason, reasonOf, refusalReason } from './reason.ts';
import { type Ended, notDone, type Run, type ServerClock } from './run.ts';

/** The server is read once more before anything acts: another file than the approved one means stale. */
export const readAgain = async (
  run: Run,
): Promise<Ended | { readonly baseline: Baseline; readonly serverClock: ServerClock }> => {
  const { plan, journal, runtime } = run;
  await journal.started('read');
  let report: Report;
  try {
    report = await run.server.report({ deadline: runtime.settings.readDeadline, brief: true });
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    await journal.failed('read');
    return notDone('read', reasonOf(error), null);
  }
  const skew = Date.parse(report.readAt) - runtime.now().getTime();
  if (!report.file.ok) {
    await journal.failed('read');
    const unreadable = refusalReason({ reason: 'file-not-readable', text: report.file.reason });
    return notDone('read', unreadable, report.readAt);
  }
  if (fileHashIn(report) !== plan.sha256Before) {
    await journal.failed('read');
    return { ending: { state: 'stale', result: { kind: 'stale', seenAt: report.readAt } } };
  }
  if (plan.moduleSha256 !== null && !(report.module.ok && report.module.sha256 === plan.moduleSha256)) {
    await journal.failed('read');
    return notDone('read', changeReason('module-differs'), report.readAt);
  }
  const baseline = baselineOf(report);
  await journal.done('read', baseline);
  return { baseline, serverClock: () => new Date(runtime.now().getTime() + skew) };
};
