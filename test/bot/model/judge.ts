import type { Change, Decision } from '../../../bot/changes/change.ts';
import { planOf } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import type { Action } from '../../../bot/store/tokens.ts';
import { reasonLength } from '../../../cards/press.ts';
import { type PolicyName, policies } from './people.ts';
import type { Bot, Site } from './site.ts';

/** How everything stood at one moment, as far as it decides who may do what. */
interface Situation {
  readonly policy: PolicyName;
  readonly isFrozen: boolean;
  readonly now: number;
  readonly inGroup: ReadonlySet<string>;
  readonly directoryIsUnread: boolean;
}

/** What a person tried, before the bot heard of it. */
export interface Attempt {
  readonly personId: string;
  readonly kind: Action['kind'] | 'unlock';
  readonly changeId: string | undefined;
  readonly batchId: string | undefined;
  readonly server: string | undefined;
  readonly reason: string;
  readonly situation: Situation;
}

/** What is known of a change without asking the code that is under test. */
export interface Known {
  readonly policy: PolicyName;
  state: Change['state'];
  expiresAt: number;
  /** The decisions that a person really made and was allowed to. */
  readonly good: Decision[];
  readonly decisions: Set<string>;
  /** How often others had disturbed the server when it first acted; undefined: it has not acted. */
  disturbances: number | undefined;
  ended: boolean;
}

/** How a person comes to a decision. */
export const attemptsOf: Readonly<Record<Decision['decision'], readonly Attempt['kind'][]>> = {
  approved: ['approve', 'approve-batch'],
  'broke-glass': ['break-glass', 'break-glass-batch'],
  declined: ['decline', 'decline-batch'],
  withdrawn: ['decline', 'decline-batch'],
  'taken-over': ['take-over'],
  unlocked: ['unlock'],
};

/** Why this attempt may not have become that decision; undefined: it may. */
export const whyNot = (
  attempt: Attempt,
  change: Change,
  known: Known,
  decision: Decision,
  waited: boolean,
): string | undefined => {
  const { situation, personId } = attempt;
  const policy = policies[situation.policy];
  const isRequester = change.requester.aadObjectId === personId;
  const approves = isIn(policy.approvers, personId, situation);
  switch (decision.decision) {
    case 'approved':
    case 'broke-glass':
      if (decision.planHash !== planHash(planOf(change))) return 'another plan';
      if (situation.isFrozen) return 'frozen';
      if (situation.policy !== known.policy) return 'under another policy';
      if (situation.now >= known.expiresAt) return 'expired';
      if (decision.decision === 'broke-glass') {
        if (!waited) return `it was ${known.state}`;
        if ((decision.reason ?? '').length < reasonLength.least) return 'no reason';
        return isIn(policy.breakGlass, personId, situation) ? undefined : 'not in break glass';
      }
      if (known.state !== 'proposed') return `it was ${known.state}`;
      if (
        known.good.some((other) => other.decision === 'approved' && other.person.aadObjectId === personId)
      ) {
        return 'twice';
      }
      if (!isOpen(situation.policy, situation.now) && policy.outsideWindows === 'refuse') return 'no window';
      return mayVote(situation, change, personId) ? undefined : 'may not';
    case 'declined':
    case 'withdrawn':
      if (!waited) return `it was ${known.state}`;
      return isRequester || approves ? undefined : 'may not';
    case 'unlocked':
      if ((decision.reason ?? '').length < reasonLength.least) return 'no reason';
      return approves ? undefined : 'may not';
    case 'taken-over':
      return approves ? undefined : 'may not';
  }
};

/** By their name, or by a group that the directory can be asked for. */
export const isIn = (
  members: (typeof policies)[PolicyName]['approvers'],
  personId: string,
  { inGroup, directoryIsUnread }: Situation,
): boolean =>
  members.some(({ kind, id }) =>
    kind === 'person' ? id === personId : inGroup.has(personId) && !directoryIsUnread,
  );

/** Whether this person's approval counts. */
export const mayVote = (situation: Situation, change: Change, personId: string): boolean => {
  const policy = policies[situation.policy];
  if (policy.fourEyes && change.requester.aadObjectId === personId) return false;
  return isIn(policy.approvers, personId, situation);
};

/** The windows of these policies are open from three to five, UTC. */
export const isOpen = (policy: PolicyName, now: number): boolean => {
  const hour = new Date(now).getUTCHours();
  return policies[policy].windows.length === 0 || (hour >= 3 && hour < 5);
};

export const situationOf = async (site: Site, bot: Bot): Promise<Situation> => {
  const freezes = await site.database
    .selectFrom('freezes')
    .select('id')
    .where('thawedAt', 'is', null)
    .execute();
  return {
    policy: site.policy,
    isFrozen: site.frozenByFile || freezes.length > 0,
    now: site.time.now.getTime() + bot.offset,
    inGroup: new Set(site.inGroup),
    directoryIsUnread: site.directoryIsUnread,
  };
};
