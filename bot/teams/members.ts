import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { AttemptFailed } from '../sending/attempt-failed.ts';
import { judgeAttempt } from '../sending/judge-attempt.ts';
import { inTime } from './in-time.ts';
import type { Trust } from './trust.ts';

/** `unknown`: Teams did not say it now. */
type Standing = 'member' | 'guest' | 'unknown';

export interface Members {
  /** What the person who sent a trusted activity is in the tenant. Never throws. */
  standingOf(context: TurnContext): Promise<Standing>;
}

/** How long somebody who is a member counts as one, milliseconds. */
const keptFor = 60 * 60_000;
/** How long Teams may take to say it, milliseconds: it waits 10 s for the answer to a press. */
const patience = 4_000;

const optionalText = z.string().optional();
/** A member of a conversation (Teams, "Get single member details"). People have the role "user". */
const member = z.object({
  tenantId: optionalText,
  userRole: optionalText,
  aadObjectId: optionalText,
  objectId: optionalText,
});

/**
 * Asks Teams who the sender is. An activity does not say it: a guest has an object id of the tenant, and the chat of an
 * external person is one of the tenant. Needs no permission.
 */
export const createMembers = (
  { tenantId, otherTenantIds = [] }: Trust,
  now: () => Date,
  onTrouble: (doing: string, error: unknown) => void,
): Members => {
  const tenants = new Set([tenantId, ...otherTenantIds].map((id) => id.toLowerCase()));
  const kept = new Map<string, number>();

  const ask = async (context: TurnContext, personId: string): Promise<Standing> => {
    const found = member.parse(
      await inTime(
        TeamsInfo.getMember(context, context.activity.from.id),
        patience,
        () => new Error('asking Teams: no answer in time'),
      ),
    );
    const { userRole = 'user', tenantId: home, aadObjectId, objectId = aadObjectId } = found;
    if (objectId !== undefined && objectId.toLowerCase() !== personId) return 'unknown';
    const isOfTenant = home === undefined || tenants.has(home.toLowerCase());
    return userRole.toLowerCase() === 'user' && isOfTenant ? 'member' : 'guest';
  };

  return {
    standingOf: async (context) => {
      const personId = (context.activity.from.aadObjectId ?? '').toLowerCase();
      const time = now().getTime();
      if ((kept.get(personId) ?? 0) > time) return 'member';
      try {
        const standing = await ask(context, personId);
        for (const [id, until] of kept) if (until <= time) kept.delete(id);
        if (standing === 'member') kept.set(personId, time + keptFor);
        return standing;
      } catch (error) {
        const doing = 'asking Teams who a person is';
        onTrouble(doing, error instanceof AttemptFailed ? judgeAttempt(error, doing, true).error : error);
        return 'unknown';
      }
    },
  };
};
