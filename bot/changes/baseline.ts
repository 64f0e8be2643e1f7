import { z } from 'zod';
import type { Report, Worker } from '../../remote/contract.ts';

const worker = z.object({ pid: z.number(), startedAt: z.string() }).nullable();

/** What the server was like before a change acted. Kept in the journal: a take-over compares with it. */
export const baselineSchema = z.object({ worker, serviceAnswered: z.boolean() });
export type Baseline = z.infer<typeof baselineSchema>;

export const baselineOf = (report: Report): Baseline => ({
  worker: workerOf(report),
  serviceAnswered: serviceAnswers(report),
});

/** The worker process of the pool; null when it has none or it cannot be read. */
export const workerOf = (report: Report): Worker | null => (report.pool.ok ? report.pool.worker : null);

/** GetConfig came back as SOAP with 200: the application started and its web.config was parsed. */
export const serviceAnswers = (report: Report): boolean =>
  report.health.ok && report.health.getConfigStatus === 200 && report.health.getConfigIsSoap;

/** Another worker process serves the pool now than before. */
export const restartSeen = (before: Worker | null, after: Worker | null): boolean =>
  after !== null && (before === null || before.pid !== after.pid || before.startedAt !== after.startedAt);
