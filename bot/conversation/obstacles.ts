import type { Notice } from '../../cards/notice.ts';
import type { Plan } from '../changes/plan.ts';
import { type Policy, policyHash } from '../changes/policy.ts';
import { type Desk, type Turn, viewOf } from './desk.ts';
import { freezeViewOf } from './freeze-view.ts';
import { nextWindowView } from './window-view.ts';

/** The policy is not the one of the plan any more, or changes are frozen. */
export const movedOrFrozen = async (
  desk: Desk,
  turn: Turn,
  policy: Policy,
  plan: Plan,
): Promise<Notice | undefined> => {
  if (policyHash(policy) !== plan.policySha256) return { kind: 'policy-moved' };
  const freeze = freezeViewOf(await desk.freezeState());
  return freeze === undefined ? undefined : { kind: 'frozen', view: viewOf(desk, turn.zone), freeze };
};

/** The window is closed, and the policy takes no approvals outside of it. */
export const closedWindow = (desk: Desk, turn: Turn, policy: Policy): Notice | undefined => {
  const next = nextWindowView(policy, desk.now());
  return next === undefined || policy.outsideWindows === 'queue'
    ? undefined
    : { kind: 'window-closed', view: viewOf(desk, turn.zone), next };
};
