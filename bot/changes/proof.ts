import type { Report } from '../../remote/contract.ts';
import { readLimits } from '../../remote/web-config.ts';
import { type Baseline, restartedSince, workerOf } from './baseline.ts';
import type { Proof } from './change.ts';
import type { Plan } from './plan.ts';

/** What one report proves about a change: only what was seen in it. */
export const proofOf = (
  plan: Plan,
  baseline: Baseline,
  report: Report,
  backup: string | null,
  leftDifferent: readonly string[],
): Proof => {
  const after = workerOf(report) ?? null;
  const sites = report.sites.ok ? report.sites.sites : [];
  return {
    readAt: report.readAt,
    sha256: report.file.ok ? report.file.sha256 : '',
    values: valuesIn(plan, report),
    restart: { before: baseline.worker ?? null, after, seen: restartedSince(baseline, report) },
    service: {
      status: report.health.ok ? report.health.getConfigStatus : 0,
      milliseconds: report.health.ok ? report.health.getConfigMilliseconds : 0,
      pool: report.pool.ok ? report.pool.name : '',
      poolState: report.pool.ok ? report.pool.state : '',
      sites: sites.length,
      sitesStarted: sites.filter((site) => site.state === 'Started').length,
    },
    backup,
    leftDifferent: [...leftDifferent],
  };
};

const valuesIn = (plan: Plan, report: Report): Proof['values'] => {
  if (!report.file.ok) return [];
  const limits = readLimits(Buffer.from(report.file.bytes, 'base64'));
  return plan.edits.flatMap(({ key, from }) => {
    const limit = limits[key];
    return limit.ok ? [{ key, before: from, now: limit.value }] : [];
  });
};
