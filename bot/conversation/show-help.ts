import { type WelcomeCardData, welcomeCard } from '../../cards/welcome-card.ts';
import type { Reply } from './chat.ts';
import { type Desk, namesOf, type Turn, tokenFor } from './desk.ts';
import { rightsOf } from './rights.ts';

/** The first message, and `help`: what to type, and what this person may do. */
export const showHelp = async (desk: Desk, turn: Turn): Promise<Reply> => ({
  card: welcomeCard({
    ...(turn.who.name === '' ? {} : { person: turn.who.name }),
    role: await roleOf(desk, turn),
    servers: namesOf(desk.config.servers),
    check: await tokenFor(desk, turn.where, { kind: 'check-chosen' }),
    allServers: await tokenFor(desk, turn.where, { kind: 'servers' }),
  }),
});

const roleOf = async (desk: Desk, turn: Turn): Promise<WelcomeCardData['role']> => {
  const policies = [desk.config.policy, ...desk.config.servers.map(({ policy }) => policy)];
  const rights = await Promise.all(policies.map((policy) => rightsOf(desk, policy, turn.who.aadObjectId)));
  if (rights.every(({ decide }) => decide.may)) return { kind: 'approver' };
  const approvers = namesOf(desk.config.policy.approvers);
  return { kind: rights.some(({ request }) => request.may) ? 'reader' : 'none', approvers };
};
