import { type Change, consentOf, type Decision, decisionOf, planOf, type Reason } from './change.ts';
import type { ChangeReasonCode } from './change-reasons.ts';
import type { FreezeState } from './freeze-state.ts';
import { windowAt } from './maintenance-window.ts';
import type { Membership } from './membership.ts';
import { approvalsStand, mayBreakGlass, type Refusal } from './permission.ts';
import { type Plan, planHash } from './plan.ts';
import { type Policy, policyHash } from './policy.ts';
import { changeReason } from './reason.ts';

/** What is asked anew when a change is about to start. */
export interface StartRules {
  readonly now: () => Date;
  /** Undefined: the server has left the inventory. */
  readonly policyOf: (server: string) => Policy | undefined;
  readonly freezeState: () => Promise<FreezeState>;
  /** What the directory says at this moment. */
  readonly membershipOf: (policy: Policy, personId: string) => Promise<Membership>;
}

/**
 * Checked once more when a change starts: the plan is the approved one, in its time, under the rules it was approved under,
 * by people who still may, with nothing frozen. Undefined: it may start.
 */
export const whyNotToStart = async (rules: StartRules, change: Change): Promise<Reason | undefined> => {
  const code = await obstacle(rules, change);
  return code === undefined ? undefined : changeReason(code);
};

const obstacle = async (rules: StartRules, change: Change): Promise<ChangeReasonCode | undefined> => {
  const plan = planOf(change);
  if (change.planHash === undefined || planHash(plan) !== change.planHash) return 'plan-differs';
  if (!isOf(plan, change)) return 'plan-differs';
  const consent = consentOf(change).filter((decision) => decision.planHash === change.planHash);
  if (consent.length === 0) return 'plan-differs';
  if (rules.now() >= change.expiresAt || consent.some((vote) => isLate(vote, plan)))
    return 'approval-expired';
  const policy = rules.policyOf(change.server);
  if (policy === undefined) return 'not-in-inventory';
  if (policyHash(policy) !== plan.policySha256) return 'policy-moved';
  const freeze = await rules.freezeState();
  if (freeze.kind === 'file-unread') return 'freeze-unread';
  if (freeze.kind !== 'none') return 'frozen';
  const alone = decisionOf(change, 'broke-glass');
  if (alone !== undefined) {
    const { person } = alone;
    const permission = mayBreakGlass(policy, person, await rules.membershipOf(policy, person.aadObjectId));
    return permission.may ? undefined : whyNotBy([permission]);
  }
  if (!windowAt(policy, rules.now()).open) return 'window-closed';
  const votes = consent.map(({ person }) => ({ personId: person.aadObjectId }));
  const memberships = new Map<string, Membership>();
  for (const { personId } of votes) {
    memberships.set(personId.toLowerCase(), await rules.membershipOf(policy, personId));
  }
  const standing = approvalsStand(policy, change.requester.aadObjectId, votes, memberships);
  return standing.enough ? undefined : whyNotBy(standing.lost.map(({ refusal }) => refusal));
};

/** The row says the same as the plan: what was approved is the plan, and the row could be another's. */
const isOf = (plan: Plan, { id, server, kind, requester }: Change): boolean =>
  plan.changeId === id &&
  plan.server === server &&
  plan.kind === kind &&
  plan.requesterId.toLowerCase() === requester.aadObjectId.toLowerCase();

/** A glass may be broken also while the plan waits in the queue. */
const isLate = ({ decision, at }: Decision, { expiresAt }: Plan): boolean =>
  decision === 'approved' && at >= new Date(expiresAt);

const whyNotBy = (refusals: readonly Refusal[]): ChangeReasonCode =>
  refusals.some(({ rule }) => rule === 'directory-unread') ? 'directory-unread' : 'approver-gone';
