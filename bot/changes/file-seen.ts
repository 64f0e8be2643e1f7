import type { Report } from '../../remote/contract.ts';
import type { FileSeen } from './change.ts';
import type { Plan } from './plan.ts';

/** Which of the plan's two files the server has now. A restart has one file only: it counts as the new one. */
export const fileSeenIn = (plan: Plan, report: Report): FileSeen => {
  if (!report.file.ok) return 'not-seen';
  if (report.file.sha256 === plan.sha256After) return 'after';
  return report.file.sha256 === plan.sha256Before ? 'before' : 'other';
};
