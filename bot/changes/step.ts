import { z } from 'zod';
import type { PlanKind } from './plan.ts';

export const stepNameSchema = z.enum([
  'read',
  'backup',
  'write',
  'verify-file',
  'restart',
  'wait',
  'verify',
  'undo-write',
  'undo-restart',
  'undo-verify',
]);
export type StepName = z.infer<typeof stepNameSchema>;

export const stepStateSchema = z.enum(['started', 'done', 'failed', 'unknown']);
export type StepState = z.infer<typeof stepStateSchema>;

/**
 * The journalled actions of a change, in order. The first reads, `verify` reads again, those between act on the server.
 * The `undo-` steps are the way back, when the service answered before a change and does not after it.
 */
export const stepsOf: Readonly<Record<PlanKind, readonly StepName[]>> = {
  raise: ['read', 'backup', 'write', 'verify-file', 'restart', 'wait', 'verify'],
  'roll-back': ['read', 'write', 'verify-file', 'restart', 'wait', 'verify'],
  restart: ['read', 'restart', 'wait', 'verify'],
};

/** One journalled action. `detail` is what a take-over needs to judge what it finds on the server. */
export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly detail: unknown;
}
