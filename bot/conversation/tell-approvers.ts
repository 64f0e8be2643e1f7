import type { Change } from '../changes/change.ts';
import { mayApprove } from '../changes/may.ts';
import type { ServerConfig } from '../config.ts';
import { personalChatsOf } from '../store/people.ts';
import { rememberCard } from '../store/posted.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk, Turn } from './desk.ts';

/**
 * Brings a plan that waits to the personal chats of its approvers, as far as they ever wrote to the bot. Nobody is told in
 * the chat where it was asked for: the card is there already. Who may approve what they asked for needs nobody told.
 */
export const tellApprovers = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  change: Change,
): Promise<void> => {
  if (mayApprove(server.policy, turn.who)) return;
  const chats = await personalChatsOf(
    desk.database,
    server.policy.approvers.map(({ id }) => id.toLowerCase()),
  );
  for (const { where, zone } of chats) {
    if (where.conversationId === turn.where.conversationId) continue;
    try {
      const card = await cardOfChange(desk, change, { where, reader: 'approver', zone });
      const posted = await desk.chat.post(where, card);
      await rememberCard(desk.database, change.id, { posted, reader: 'approver', zone });
    } catch (error) {
      desk.onTrouble(`telling an approver of change ${change.number}`, error);
    }
  }
};
