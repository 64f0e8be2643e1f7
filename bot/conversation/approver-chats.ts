import { unreadMembership } from '../changes/membership.ts';
import { isApprover } from '../changes/permission.ts';
import type { Policy } from '../changes/policy.ts';
import { type PersonalChat, personalChats } from '../store/people.ts';
import { atMost } from './at-most.ts';
import type { Desk } from './desk.ts';
import { rightsOf } from './rights.ts';

/** How many questions the directory has to answer at the same moment: it makes those wait who ask too much. */
const askedAtOnce = 8;

/** The personal chats of those who may approve under each of these policies, as far as they ever wrote to the bot. */
export const approverChats = async (desk: Desk, policies: readonly Policy[]): Promise<PersonalChat[]> => {
  const chats = await personalChats(desk.database);
  const found = await atMost(askedAtOnce, chats, async (chat) =>
    (await decidesUnderAll(desk, policies, chat.personId)) ? [chat] : [],
  );
  return found.flat();
};

const decidesUnderAll = async (
  desk: Desk,
  policies: readonly Policy[],
  personId: string,
): Promise<boolean> => {
  for (const policy of policies) if (!(await decides(desk, policy, personId))) return false;
  return policies.length > 0;
};

/** The directory is asked only where its answer decides: not for whom the policy names, and not where it names no group. */
const decides = async (desk: Desk, policy: Policy, personId: string): Promise<boolean> => {
  const unasked = isApprover(policy, { aadObjectId: personId }, notAsked);
  if (unasked.may || unasked.rule !== 'directory-unread') return unasked.may;
  return (await rightsOf(desk, policy, personId)).decide.may;
};

const notAsked = unreadMembership('the directory was not asked');
