import type { Baseline } from '../../../bot/changes/baseline.ts';
import type { Change } from '../../../bot/changes/change.ts';
import { type Plan, planHash } from '../../../bot/changes/plan.ts';
import { type Step, type StepName, stepNameSchema, stepsOf } from '../../../bot/changes/step.ts';
import { samplePolicy } from './sample-policy.ts';
import { oldWorker, raisePlan } from './scene.ts';

const at = new Date('2026-11-25T02:00:00.000Z');

export const context: Change['context'] = {
  limit: 400,
  lines: [],
  sites: [],
  pool: 'WsusPool',
  refusals: null,
  notActive: null,
  logUnread: false,
};

export const approver = { aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Alex Wilber' };
export const requester = { aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000002', name: 'Megan Bowen' };

/** A change that runs, with its journal as given. */
export const changeWith = (steps: readonly Step[], plan: Plan = raisePlan): Change => ({
  id: plan.changeId,
  number: 12,
  server: plan.server,
  kind: plan.kind,
  state: 'running',
  plans: [{ plan, hash: planHash(plan) }],
  context,
  requester,
  createdAt: at,
  expiresAt: new Date(plan.expiresAt),
  policy: samplePolicy(),
  planHash: planHash(plan),
  decisions: [{ decision: 'approved', planHash: planHash(plan), person: approver, at, reason: null }],
  startAfter: undefined,
  batch: undefined,
  toldAt: undefined,
  answeredBy: undefined,
  holdsLock: true,
  version: 3,
  steps,
  startedAt: at,
  endedAt: undefined,
  result: undefined,
});

const wayBack = stepNameSchema.options.filter((name) => name.startsWith('undo-'));

/** The journal of a change that was broken off in a step: all before it done, that one started. */
export const journalUpTo = (
  last: StepName,
  { plan = raisePlan, baseline }: { plan?: Plan; baseline?: Baseline | 'lost' } = {},
): Step[] => {
  const before = baseline === 'lost' ? undefined : (baseline ?? { worker: oldWorker, serviceAnswered: true });
  const course = [...stepsOf[plan.kind], ...wayBack];
  return course.slice(0, course.indexOf(last) + 1).map((name): Step => {
    const detail =
      name === 'read'
        ? before
        : { notAfter: '2026-11-25T02:00:15.000Z', ...(name === 'undo-write' ? { baseline: before } : {}) };
    const state = name === last ? 'started' : 'done';
    return { name, state, startedAt: at, endedAt: state === 'done' ? at : undefined, detail };
  });
};
