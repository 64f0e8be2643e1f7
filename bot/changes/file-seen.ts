import { createHash } from 'node:crypto';
import type { Report } from '../../remote/contract.ts';
import type { FileSeen } from './change.ts';
import type { Plan } from './plan.ts';

/** Which of the plan's two files the server has now. A restart has one file only: it counts as the new one. */
export const fileSeenIn = (plan: Plan, report: Report): FileSeen => {
  const sha256 = fileHashIn(report);
  if (sha256 === undefined) return 'not-seen';
  if (sha256 === plan.sha256After) return 'after';
  return sha256 === plan.sha256Before ? 'before' : 'other';
};

/** SHA-256 of the file's bytes; undefined when it could not be read, or when its bytes are not those that its hash names. */
export const fileHashIn = ({ file }: Report): string | undefined => {
  if (!file.ok) return undefined;
  const sha256 = createHash('sha256').update(Buffer.from(file.bytes, 'base64')).digest('hex');
  return sha256 === file.sha256 ? sha256 : undefined;
};
