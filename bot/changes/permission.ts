import { inNoGroup, type Membership } from './membership.ts';
import type { Person } from './person.ts';
import type { Member, Policy } from './policy.ts';

type Who = Pick<Person, 'aadObjectId'>;

/** Why a person may: the rule, and the entry of the policy that holds for them. */
interface Grant {
  readonly rule: 'everyone' | 'requesters' | 'approvers' | 'break-glass' | 'own-request';
  /** The person, or the group they are in; null where the rule names nobody. */
  readonly through: Member | null;
}

/** Why a person may not: the rule, with what its sentence needs. `approvers` are those who could do it instead. */
export type Refusal =
  /** The message came without an object id. */
  | { readonly rule: 'no-identity' }
  | { readonly rule: 'not-requester'; readonly requesters: readonly Member[] }
  | { readonly rule: 'not-approver'; readonly approvers: readonly Member[] }
  /** Who asked may not approve. */
  | { readonly rule: 'four-eyes'; readonly approvers: readonly Member[] }
  | {
      readonly rule: 'already-approved';
      readonly given: number;
      readonly needed: number;
      readonly approvers: readonly Member[];
    }
  | { readonly rule: 'not-break-glass'; readonly breakGlass: readonly Member[] }
  /** The policy names groups, and the directory could not say whether the person is in one. */
  | { readonly rule: 'directory-unread'; readonly why: string; readonly groups: readonly Member[] };

export type Permission =
  | { readonly may: true; readonly because: Grant }
  | ({ readonly may: false } & Refusal);

/** What of a change decides who may approve it. */
export interface Asked {
  readonly requesterId: string;
  /** Who approved this very plan so far. */
  readonly votes: readonly { readonly personId: string }[];
}

/** Reading a server and asking for a change: the requesters, and whoever may approve or break glass. */
export const mayRequest = (policy: Policy, person: Who, membership: Membership): Permission => {
  if (policy.requesters === 'everyone') {
    return isSomebody(person) ? granted('everyone', null) : refused({ rule: 'no-identity' });
  }
  return permit(person, membership, {
    lists: [
      ['requesters', policy.requesters],
      ['approvers', policy.approvers],
      ['break-glass', policy.breakGlass],
    ],
    otherwise: { rule: 'not-requester', requesters: [...policy.requesters, ...policy.approvers] },
  });
};

/** Approving the plan of a change. */
export const mayApprove = (
  policy: Policy,
  { requesterId, votes }: Asked,
  person: Who,
  membership: Membership,
): Permission => {
  const permission = isApprover(policy, person, membership);
  if (!permission.may) return permission;
  const voted = new Set(votes.map(({ personId }) => personId.toLowerCase()));
  const isOther = ({ kind, id }: Member) =>
    kind === 'group' || !(voted.has(id) || id === person.aadObjectId.toLowerCase());
  const others = policy.approvers.filter(isOther);
  if (policy.fourEyes && isSame(person, requesterId)) {
    return refused({ rule: 'four-eyes', approvers: others });
  }
  if (voted.has(person.aadObjectId.toLowerCase())) {
    return refused({
      rule: 'already-approved',
      given: voted.size,
      needed: policy.approvals,
      approvers: others,
    });
  }
  return permission;
};

/** Being one of the approvers, of whatever change: what `freeze`, `thaw`, `unlock` and the answers to unknown ask for. */
export const isApprover = (policy: Policy, person: Who, membership: Membership): Permission =>
  permit(person, membership, {
    lists: [['approvers', policy.approvers]],
    otherwise: { rule: 'not-approver', approvers: policy.approvers },
  });

/** Running a plan alone and at once, with a written reason: also one's own, outside the windows, without other approvals. */
export const mayBreakGlass = (policy: Policy, person: Who, membership: Membership): Permission =>
  permit(person, membership, {
    lists: [['break-glass', policy.breakGlass]],
    otherwise: { rule: 'not-break-glass', breakGlass: policy.breakGlass },
  });

/** Taking back a plan that waits: who asked for it (`own-request`: withdrawn), and the approvers (declined). */
export const mayWithdraw = (
  policy: Policy,
  { requesterId }: Pick<Asked, 'requesterId'>,
  person: Who,
  membership: Membership,
): Permission => {
  if (isSomebody(person) && isSame(person, requesterId)) return granted('own-request', null);
  return isApprover(policy, person, membership);
};

/** What became of the approvals of a change since they were given. */
export interface StandingApprovals<Vote> {
  /** Enough of them still count. */
  readonly enough: boolean;
  readonly needed: number;
  readonly counting: readonly Vote[];
  readonly lost: readonly { readonly vote: Vote; readonly refusal: Refusal }[];
}

/**
 * Which approvals count when a change is about to start: of people who still may approve, each person once. `memberships`
 * has what the directory says now, by object id in lower case; of a person who is not in it nothing is known.
 */
export const approvalsStand = <Vote extends { readonly personId: string }>(
  policy: Policy,
  requesterId: string,
  votes: readonly Vote[],
  memberships: ReadonlyMap<string, Membership>,
): StandingApprovals<Vote> => {
  const counting: Vote[] = [];
  const lost: { vote: Vote; refusal: Refusal }[] = [];
  for (const vote of votes) {
    const membership = memberships.get(vote.personId.toLowerCase()) ?? notAsked;
    const person = { aadObjectId: vote.personId };
    const permission = mayApprove(policy, { requesterId, votes: counting }, person, membership);
    if (permission.may) counting.push(vote);
    else lost.push({ vote, refusal: permission });
  }
  return { enough: counting.length >= policy.approvals, needed: policy.approvals, counting, lost };
};

const notAsked: Membership = { ...inNoGroup, unread: 'the directory was not asked' };

interface Rule {
  readonly lists: readonly (readonly [Grant['rule'], readonly Member[]])[];
  readonly otherwise: Refusal;
}

/** An entry that names the person needs no directory; only when none does, what the directory left open decides. */
const permit = (person: Who, membership: Membership, { lists, otherwise }: Rule): Permission => {
  if (!isSomebody(person)) return refused({ rule: 'no-identity' });
  for (const [rule, members] of lists) {
    const through =
      members.find(({ kind, id }) => kind === 'person' && isSame(person, id)) ??
      members.find(({ kind, id }) => kind === 'group' && membership.groups.has(id.toLowerCase()));
    if (through !== undefined) return granted(rule, through);
  }
  const groups = lists.flatMap(([, members]) => members.filter(({ kind }) => kind === 'group'));
  if (membership.unread !== null && groups.length > 0) {
    return refused({ rule: 'directory-unread', why: membership.unread, groups });
  }
  return refused(otherwise);
};

const isSomebody = (person: Who): boolean => person.aadObjectId !== '';

const isSame = (person: Who, id: string): boolean => person.aadObjectId.toLowerCase() === id.toLowerCase();

const granted = (rule: Grant['rule'], through: Member | null): Permission => ({
  may: true,
  because: { rule, through },
});

const refused = (refusal: Refusal): Permission => ({ may: false, ...refusal });
