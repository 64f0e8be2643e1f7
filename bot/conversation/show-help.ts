import { type WelcomeCardData, welcomeCard } from '../../cards/welcome-card.ts';
import { mayApprove, mayRequest } from '../changes/may.ts';
import type { Reply } from './chat.ts';
import { type Desk, namesOf, type Turn, tokenFor } from './desk.ts';

/** The first message, and `help`: what to type, and what this person may do. */
export const showHelp = async (desk: Desk, turn: Turn): Promise<Reply> => ({
  card: welcomeCard({
    ...(turn.who.name === '' ? {} : { person: turn.who.name }),
    role: roleOf(desk, turn),
    servers: namesOf(desk.config.servers),
    check: await tokenFor(desk, turn.where, { kind: 'check-chosen' }),
    allServers: await tokenFor(desk, turn.where, { kind: 'servers' }),
  }),
});

const roleOf = (desk: Desk, turn: Turn): WelcomeCardData['role'] => {
  const everyApprover = desk.config.servers.every((server) => mayApprove(server.policy, turn.who));
  if (everyApprover && mayApprove(desk.config.policy, turn.who)) return { kind: 'approver' };
  const approvers = namesOf(desk.config.policy.approvers);
  return mayRequest(desk.config.policy, turn.who)
    ? { kind: 'reader', approvers }
    : { kind: 'none', approvers };
};
