import { z } from 'zod';
import type { Report, Worker } from '../../remote/contract.ts';

/** null: the pool has no worker process. Undefined: it could not be read, so nothing can be compared with it. */
const worker = z.object({ pid: z.number(), startedAt: z.string() }).nullable().optional();

/** What the server was like before a change acted. Kept in the journal: a take-over compares with it. */
export const baselineSchema = z.object({ worker, serviceAnswered: z.boolean() });
export type Baseline = z.infer<typeof baselineSchema>;

export const baselineOf = (report: Report): Baseline => ({
  worker: workerOf(report),
  serviceAnswered: serviceAnswers(report),
});

/** The worker process of the pool; null when it has none, undefined when it cannot be read. */
export const workerOf = (report: Report): Worker | null | undefined =>
  report.pool.ok ? report.pool.worker : undefined;

/** GetConfig came back as SOAP with 200: the application started and its web.config was parsed. */
export const serviceAnswers = (report: Report): boolean =>
  report.health.ok && report.health.getConfigStatus === 200 && report.health.getConfigIsSoap;

/** The service was asked and did not answer as it should. One that could not be asked is not silent. */
export const serviceIsSilent = (report: Report): boolean => report.health.ok && !serviceAnswers(report);

/** It answers, and its pool is started. */
export const serves = (report: Report): boolean =>
  serviceAnswers(report) && report.pool.ok && report.pool.state === 'Started';

/** The application answers with an error page of IIS: it cannot start on this web.config, and waiting does not help. */
export const configIsBroken = (report: Report): boolean =>
  report.health.ok && report.health.getConfigStatus === 500 && !report.health.getConfigIsSoap;

/**
 * Another worker process serves the pool now than before, and it started after the file was written: it has read it. Both
 * times are by the server's clock.
 */
export const restartedSince = ({ worker: before }: Baseline, report: Report): boolean => {
  const after = workerOf(report);
  if (before === undefined || after === undefined || after === null || !report.file.ok) return false;
  const another = before === null || before.pid !== after.pid || before.startedAt !== after.startedAt;
  return another && Date.parse(after.startedAt) >= Date.parse(report.file.lastWriteAt);
};

/** A worker process serves that was there before, or that started before the file was written. */
export const oldWorkerServes = ({ worker: before }: Baseline, report: Report): boolean => {
  const now = workerOf(report);
  if (now === undefined || now === null) return false;
  if (before?.pid === now.pid && before.startedAt === now.startedAt) return true;
  return report.file.ok && Date.parse(now.startedAt) < Date.parse(report.file.lastWriteAt);
};
