import { pauseUnless } from '../../bot/pause-unless.ts';
import { shareOfLimits } from '../../bot/sending/send-limits.ts';
import type { ClosedChats } from '../../bot/teams/closed-chats.ts';
import type { TeamsBotOptions } from '../../bot/teams/teams-bot.ts';

/** As a replica that is alone sends, by the clocks of this machine. */
export const sendingHere = (): TeamsBotOptions['sending'] => {
  const limits = shareOfLimits(1);
  return {
    limits: () => limits,
    monotonic: () => performance.now(),
    pause: pauseUnless,
    random: Math.random,
  };
};

/** Chats that are open until they are closed, without a store. */
export const openChats = (): ClosedChats & { readonly closed: ReadonlyMap<string, string> } => {
  const closed = new Map<string, string>();
  return {
    closed,
    has: async (id) => closed.has(id),
    close: async (id, why) => void closed.set(id, why),
    reopen: async (id) => void closed.delete(id),
  };
};
