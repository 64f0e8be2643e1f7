import type { Notice } from '../../cards/notice.ts';
import type { Change, Decision } from '../changes/change.ts';
import type { Membership } from '../changes/membership.ts';
import {
  type Asked,
  isApprover,
  mayApprove,
  mayBreakGlass,
  mayRequest,
  mayWithdraw,
  type Permission,
  type Refusal,
} from '../changes/permission.ts';
import type { Person } from '../changes/person.ts';
import type { Policy } from '../changes/policy.ts';
import { type Freshness, groupIdsIn } from '../directory/directory.ts';
import { type Desk, namesOf, type Turn, viewOf } from './desk.ts';

/** What one person may do under a policy. */
export interface Rights {
  readonly request: Permission;
  readonly decide: Permission;
  readonly breakGlass: Permission;
  readonly approve: (change: Change) => Permission;
  readonly withdraw: (change: Change) => Permission;
}

/** Asks policy and directory. `recent`: an answer of the last minute will do. */
export const rightsOf = async (desk: Desk, policy: Policy, aadObjectId: string): Promise<Rights> => {
  const who = { aadObjectId };
  const membership = await membershipOf(desk.directory, policy, aadObjectId, 'recent');
  return {
    request: mayRequest(policy, who, membership),
    decide: isApprover(policy, who, membership),
    breakGlass: mayBreakGlass(policy, who, membership),
    approve: (change) => mayApprove(policy, askedOf(change), who, membership),
    withdraw: (change) => mayWithdraw(policy, askedOf(change), who, membership),
  };
};

export const membershipOf = (
  directory: Desk['directory'],
  policy: Policy,
  personId: string,
  freshness: Freshness,
): Promise<Membership> => directory.groupsOf(personId, groupIdsIn([policy]), freshness);

const askedOf = (change: Change): Asked => ({
  requesterId: change.requester.aadObjectId,
  votes: change.decisions
    .filter(({ decision }) => decision === 'approved')
    .map(({ person }) => ({ personId: person.aadObjectId })),
});

/** A refusal in the words of the chat, with whom to ask instead. */
export const noticeOf = (desk: Desk, turn: Turn, refusal: Refusal, change?: Change): Notice => {
  switch (refusal.rule) {
    case 'no-identity':
      return { kind: 'no-identity' };
    case 'directory-unread':
      return { kind: 'directory-unread' };
    case 'not-requester':
      return { kind: 'may-not-check', approvers: namesOf(refusal.requesters) };
    case 'not-approver':
      return { kind: 'not-approver', approvers: namesOf(refusal.approvers) };
    case 'four-eyes':
      return { kind: 'four-eyes', approvers: namesOf(refusal.approvers) };
    case 'not-break-glass':
      return { kind: 'not-break-glass', members: namesOf(refusal.breakGlass) };
    case 'already-approved':
      return {
        kind: 'already-approved',
        view: viewOf(desk, turn.zone),
        at: ownApproval(change, turn.who)?.at ?? desk.now(),
        votes: refusal.given,
        needed: refusal.needed,
      };
  }
};

/** The same for a person who wants to take a plan back. */
export const mayNotDecline = (desk: Desk, turn: Turn, refusal: Refusal, change: Change): Notice =>
  refusal.rule === 'not-approver'
    ? { kind: 'may-not-decline', approvers: namesOf(refusal.approvers) }
    : noticeOf(desk, turn, refusal, change);

const ownApproval = (change: Change | undefined, who: Person): Decision | undefined =>
  change?.decisions.find(
    ({ decision, person }) => decision === 'approved' && person.aadObjectId === who.aadObjectId,
  );
