import { glassBrokenCard } from '../../cards/glass-broken-card.ts';
import { decisionOf } from '../changes/change.ts';
import type { ServerConfig } from '../config.ts';
import { findChange } from '../store/read-change.ts';
import { approverChats } from './approver-chats.ts';
import { planViewOf } from './change-view.ts';
import { type Desk, type Turn, tokenFor, viewOf } from './desk.ts';

/** Tells the approvers, wherever they ever wrote to the bot, that one person runs a change alone, and why. */
export const announceBrokenGlass = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  changeId: string,
): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  const alone = change === undefined ? undefined : decisionOf(change, 'broke-glass');
  if (change === undefined || alone === undefined) return;
  for (const { where, zone } of await approverChats(desk, server)) {
    if (where.conversationId === turn.where.conversationId) continue;
    try {
      const card = glassBrokenCard({
        view: viewOf(desk, zone),
        plan: planViewOf(change),
        brokeGlass: { by: alone.person.name, at: alone.at, reason: alone.reason ?? '' },
        showState: await tokenFor(desk, where, { kind: 'show-state', changeId }),
      });
      await desk.chat.post(where, card);
    } catch (error) {
      desk.onTrouble(`announcing the broken glass of change ${change.number}`, error);
    }
  }
};
