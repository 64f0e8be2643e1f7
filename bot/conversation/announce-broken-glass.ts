import { glassBrokenCard } from '../../cards/glass-broken-card.ts';
import { type Change, decisionOf } from '../changes/change.ts';
import type { ServerConfig } from '../config.ts';
import { notifiedPlaces } from '../store/notified.ts';
import type { PersonalChat } from '../store/people.ts';
import { findBatch } from '../store/read-batch.ts';
import { findChange } from '../store/read-change.ts';
import type { Action } from '../store/tokens.ts';
import { approverChats } from './approver-chats.ts';
import { planViewOf } from './change-view.ts';
import { type Desk, serverNamed, type Turn, tokenFor, viewOf } from './desk.ts';

/** Tells the approvers, wherever they ever wrote to the bot, and the chats that are told of changes, that one person runs a change alone, and why. */
export const announceBrokenGlass = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  changeId: string,
): Promise<void> => {
  const change = await findChange(desk.database, changeId);
  if (change !== undefined) await announce(desk, turn, [server], change, { kind: 'show-state', changeId });
};

/** The same for a batch: each approver of any of its servers is told once. */
export const announceBrokenGlassOfBatch = async (desk: Desk, turn: Turn, batchId: string): Promise<void> => {
  const members = (await findBatch(desk.database, batchId))?.members ?? [];
  const broken = members.filter((change) => decisionOf(change, 'broke-glass') !== undefined);
  const [first] = broken;
  const servers = broken.flatMap(({ server }) => serverNamed(desk, server) ?? []);
  if (first !== undefined) await announce(desk, turn, servers, first, { kind: 'show-batch', batchId });
};

const announce = async (
  desk: Desk,
  turn: Turn,
  servers: readonly ServerConfig[],
  change: Change,
  showState: Action,
): Promise<void> => {
  const alone = decisionOf(change, 'broke-glass');
  if (alone === undefined) return;
  const chats = new Map<string, Pick<PersonalChat, 'where' | 'zone'>>(
    (await notifiedPlaces(desk.database)).map((place) => [place.where.conversationId, place]),
  );
  for (const { policy } of servers) {
    for (const chat of await approverChats(desk, [policy])) chats.set(chat.where.conversationId, chat);
  }
  for (const { where, zone } of chats.values()) {
    if (where.conversationId === turn.where.conversationId) continue;
    try {
      const card = glassBrokenCard({
        view: viewOf(desk, zone),
        plan: planViewOf(change),
        servers: servers.length,
        brokeGlass: { by: alone.person.name, at: alone.at, reason: alone.reason ?? '' },
        showState: await tokenFor(desk, where, showState),
      });
      await desk.chat.post(where, card);
    } catch (error) {
      desk.onTrouble(`announcing the broken glass of change ${change.number}`, error);
    }
  }
};
