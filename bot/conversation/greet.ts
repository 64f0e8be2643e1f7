import { noticeCard } from '../../cards/notice-card.ts';
import { arrive, leave } from '../store/installations.ts';
import type { Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import { showHelp } from './show-help.ts';

/** The first words in a chat or a team, once however often it is told: to a person what they may do, to several how to begin. */
export const greet = async (desk: Desk, turn: Turn, installation: string): Promise<Reply> => {
  if (!(await arrive(desk.database, installation, desk.now()))) return {};
  return turn.where.kind === 'personal' ? showHelp(desk, turn) : { card: noticeCard({ kind: 'arrived' }) };
};

/** Nothing is said: there is nobody to say it to. */
export const takeLeave = async (desk: Desk, { where }: Turn, installation: string): Promise<Reply> => {
  await leave(desk.database, { installation, conversationId: where.conversationId }, desk.now());
  return {};
};
