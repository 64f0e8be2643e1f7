import type { AllowanceView, StandingView } from '../../cards/standing-view.ts';
import { whoamiCard } from '../../cards/whoami-card.ts';
import type { Permission, Refusal } from '../changes/permission.ts';
import { type Standing, standingOn } from '../changes/standing.ts';
import { groupIdsIn } from '../directory/directory.ts';
import { policyViewOf } from './change-view.ts';
import type { Reply } from './chat.ts';
import { type Desk, namesOf, type Turn } from './desk.ts';

/** `whoami`: what the asking person may do, on which servers, and why. */
export const showWhoami = async (desk: Desk, { who }: Turn): Promise<Reply> => {
  const { servers } = desk.config;
  const groups = groupIdsIn(servers.map(({ policy }) => policy));
  const membership = await desk.directory.groupsOf(who.aadObjectId, groups, 'recent');
  return {
    card: whoamiCard({
      ...(who.name === '' ? {} : { person: who.name }),
      ...(who.aadObjectId === '' ? {} : { objectId: who.aadObjectId }),
      standings: standingOn(servers, who, membership).map(standingView),
    }),
  };
};

const standingView = ({ servers, policy, request, approve, breakGlass }: Standing): StandingView => ({
  servers,
  ask: allowanceView(request),
  approve: allowanceView(approve),
  breakGlass: allowanceView(breakGlass),
  policy: policyViewOf(policy),
});

const allowanceView = (permission: Permission): AllowanceView => {
  if (!permission.may) return refusalView(permission);
  const { rule, through } = permission.because;
  if (through?.kind === 'group') return { may: true, because: 'group', group: through.name };
  return { may: true, because: rule === 'everyone' ? 'everyone' : 'listed' };
};

const refusalView = (refusal: Refusal): AllowanceView => {
  switch (refusal.rule) {
    case 'no-identity':
    case 'directory-unread':
      return { may: false, because: refusal.rule };
    case 'not-requester':
      return { may: false, because: 'not-listed', instead: namesOf(refusal.requesters) };
    case 'not-break-glass':
      return { may: false, because: 'not-listed', instead: namesOf(refusal.breakGlass) };
    default:
      return { may: false, because: 'not-listed', instead: namesOf(refusal.approvers) };
  }
};
