import { mayApprove } from '../changes/may.ts';
import { botStopped, reconcile } from '../changes/reconcile.ts';
import type { Runtime } from '../changes/runtime.ts';
import { findChange } from '../store/read-change.ts';
import { settleUnknown, takeOverByHand } from '../store/write-change.ts';
import type { Reply } from './chat.ts';
import { approversOn, type Desk, namesOf, type Turn } from './desk.ts';
import { pressShowState } from './press-approve.ts';
import { refuse } from './refuse.ts';

/** Look again: the server is read, and if it says what is true, the change is settled by that. Acts on nothing. */
export const pressLookAgain = async (
  desk: Desk,
  turn: Turn,
  changeId: string,
  runtime: Runtime,
): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const server = desk.server(change.server);
  if (change.state !== 'unknown' || server === undefined) return pressShowState(desk, turn, changeId);
  return {
    message: 'I read the server. This card then says what is true.',
    afterwards: async () => {
      const reason =
        change.result !== undefined && 'reason' in change.result ? change.result.reason : botStopped;
      const once: Runtime = { ...runtime, settings: { ...runtime.settings, patience: 0 } };
      const ending = await reconcile(change, server, once, reason);
      await settleUnknown(desk.database, changeId, ending, desk.now());
      desk.onMoved(changeId);
    },
  };
};

/** Take over: the change is closed, a person finishes by hand, the backup stays. */
export const pressTakeOver = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const approvers = approversOn(desk, change.server);
  if (!mayApprove({ approvers }, turn.who)) {
    return refuse({ kind: 'may-not-approve', approvers: namesOf(approvers) });
  }
  await takeOverByHand(desk.database, changeId, turn.who, desk.now());
  return pressShowState(desk, turn, changeId);
};
