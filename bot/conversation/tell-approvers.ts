import type { Change } from '../changes/change.ts';
import type { ServerConfig } from '../config.ts';
import type { PersonalChat } from '../store/people.ts';
import { rememberCard } from '../store/posted.ts';
import { findChange } from '../store/read-change.ts';
import { takeTelling } from '../store/telling.ts';
import { approverChats } from './approver-chats.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk, Turn } from './desk.ts';
import { rightsOf } from './rights.ts';

/**
 * Brings a plan that waits to the personal chats of its approvers, as far as they ever wrote to the bot. Nobody is told in
 * the chat where it was asked for, nor who asked: they have the card already. Who may approve alone what they asked for needs
 * nobody told.
 */
export const tellApprovers = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  change: Change,
): Promise<void> => {
  const own = (await rightsOf(desk, server.policy, turn.who.aadObjectId)).approve(change);
  if (own.may && server.policy.approvals === 1) return;
  const chats = await chatsToTell(desk, turn, server, change);
  if (chats.length > 0 && (await takeTelling(desk.database, change.id, desk.now()))) {
    await tellIn(desk, chats, change.id);
  }
};

/** The chats of those who are to decide and have not. */
export const chatsToTell = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  { decisions }: Change,
): Promise<readonly PersonalChat[]> => {
  const done = [turn.who, ...decisions.map(({ person }) => person)].map(({ aadObjectId }) =>
    aadObjectId.toLowerCase(),
  );
  return (await approverChats(desk, [server.policy])).filter(
    ({ personId, where }) => where.conversationId !== turn.where.conversationId && !done.includes(personId),
  );
};

/** Posts the plan as it is now, for whoever has taken the turn to tell. */
export const tellIn = async (desk: Desk, chats: readonly PersonalChat[], changeId: string): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return;
  for (const { personId, where, zone } of chats) {
    try {
      const audience = { where, reader: 'approver' as const, zone, personId };
      const posted = await desk.chat.post(where, await cardOfChange(desk, change, audience));
      await rememberCard(desk.database, change.id, { ...audience, posted }, change.version);
    } catch (error) {
      desk.onTrouble(`telling an approver of change ${change.number}`, error);
    }
  }
  desk.onMoved(changeId);
};
