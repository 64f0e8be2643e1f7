import { own } from '../../cards/own-text.ts';
import { findChange } from '../store/read-change.ts';
import { takeTelling, tellingRest } from '../store/telling.ts';
import { chatsToTell } from './approver-chats.ts';
import type { Reply } from './chat.ts';
import { type Desk, serverNamed, type Turn, viewOf } from './desk.ts';
import { refuse } from './refuse.ts';
import { notOpenAnyMore } from './show-state.ts';
import { tellIn } from './tell-approvers.ts';

/** Tell them again: the plan is posted once more to those who may approve it, at most once in a while. */
export const pressTellAgain = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  const server = change === undefined ? undefined : serverNamed(desk, change.server);
  if (change === undefined || server === undefined) return refuse({ kind: 'button-unknown' });
  if (change.state !== 'proposed' || change.expiresAt <= desk.now()) {
    return notOpenAnyMore(desk, turn, change);
  }
  const chats = await chatsToTell(desk, turn, [server.policy], change.decisions);
  if (chats.length === 0) return refuse({ kind: 'nobody-to-tell' });
  if (!(await takeTelling(desk.database, changeId, desk.now()))) {
    const at = (await findChange(desk.database, changeId))?.toldAt ?? desk.now();
    const again = new Date(at.getTime() + tellingRest);
    return refuse({ kind: 'told-lately', view: viewOf(desk, turn.zone), at, again });
  }
  return {
    message: own`I tell them again. This card then says when.`,
    afterwards: () => tellIn(desk, chats, changeId),
  };
};
