import { z } from 'zod';
import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import { type Baseline, baselineSchema, restartedSince, serviceAnswers } from './baseline.ts';
import { type Change, type Ending, planOf, type Reason } from './change.ts';
import { fileSeenIn } from './file-seen.ts';
import { judgeOutcome, type Stage } from './judge-outcome.ts';
import { isPast, look } from './look.ts';
import { backupOf } from './plan.ts';
import { changeReason, reasonOf } from './reason.ts';
import { notDone, unknownAt } from './run.ts';
import type { Runtime } from './runtime.ts';
import type { Step, StepName } from './step.ts';

const stageOf: Readonly<Partial<Record<StepName, Stage>>> = {
  backup: 'write',
  write: 'write',
  'verify-file': 'write',
  restart: 'restart',
  wait: 'restart',
  verify: 'restart',
  'undo-write': 'undo',
  'undo-restart': 'undo',
  'undo-verify': 'undo',
};

const actingDetail = z.object({ notAfter: z.string().optional(), baseline: baselineSchema.optional() });

/**
 * Finds out how a change ended whose course was broken off: by the journal, and by looking at the server. Acts on nothing
 * and repeats nothing. `reason` says why it was broken off.
 */
export const reconcile = async (
  change: Change,
  server: Pick<WsusServer, 'report'>,
  runtime: Runtime,
  reason: Reason,
): Promise<Ending> => {
  const plan = planOf(change);
  const acting = change.steps.filter((step) => stageOf[step.name] !== undefined);
  const last = acting.at(-1);
  const stage = last === undefined ? undefined : stageOf[last.name];
  if (last === undefined || stage === undefined) {
    // Every step is on the disk before it acts, so nothing did.
    return notDone(change.steps.at(-1)?.name ?? 'read', reason, null).ending;
  }
  const baseline = baselineIn(change.steps, stage);
  const notAfter = notAfterIn(acting);
  const wanted: Readonly<Record<Stage, (report: Report) => boolean>> = {
    write: (report) => fileSeenIn(plan, report) === 'after',
    restart: (report) => restartedSince(baseline, report),
    undo: (report) => fileSeenIn(plan, report) === 'before' && restartedSince(baseline, report),
  };
  const seen = await look(server, runtime, {
    notAfter,
    enough: (report) =>
      (stage === 'write' || serviceAnswers(report)) && (wanted[stage](report) || isPast(notAfter, report)),
  });
  if (seen instanceof RemoteError) {
    return unknownAt(last.name, reasonOf(seen), stage === 'undo', seen).ending;
  }
  return judgeOutcome(
    { plan, baseline, stage, at: last.name, reason, backup: backupOf(plan), leftDifferent: [] },
    seen,
  );
};

/** The bot ended while the change ran. */
export const botStopped = changeReason('bot-stopped');

const baselineIn = (steps: readonly Step[], stage: Stage): Baseline => {
  const undone = stage === 'undo' ? steps.find((step) => step.name === 'undo-write') : undefined;
  const fromUndo = actingDetail.safeParse(undone?.detail ?? {}).data?.baseline;
  if (fromUndo !== undefined) return fromUndo;
  const read = steps.find((step) => step.name === 'read');
  return baselineSchema.safeParse(read?.detail).data ?? { serviceAnswered: false };
};

const notAfterIn = (acting: readonly Step[]): string | undefined =>
  acting
    .flatMap((step) => actingDetail.safeParse(step.detail ?? {}).data?.notAfter ?? [])
    .toSorted()
    .at(-1);
