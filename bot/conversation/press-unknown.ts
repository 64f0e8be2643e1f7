import { own } from '../../cards/own-text.ts';
import { botStopped, reconcile } from '../changes/reconcile.ts';
import type { Runtime } from '../changes/runtime.ts';
import { takeOverByHand } from '../store/decide.ts';
import { findChange } from '../store/read-change.ts';
import { settleUnknown } from '../store/settle-unknown.ts';
import type { Reply } from './chat.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { refuse, refuseOnRecord } from './refuse.ts';
import { noticeOf, rightsOf } from './rights.ts';
import { pressShowState } from './show-state.ts';

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
  // Once its server was given up, what is there may be another change's work, and says nothing about this one.
  if (change.state !== 'unknown' || !change.holdsLock || server === undefined) {
    return pressShowState(desk, turn, changeId);
  }
  return {
    message: own`I read the server. This card then says what is true.`,
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
  const policy = serverNamed(desk, change.server)?.policy ?? desk.config.policy;
  const { decide } = await rightsOf(desk, policy, turn.who.aadObjectId);
  if (!decide.may) {
    return refuseOnRecord(desk, turn, change, 'take-over', noticeOf(desk, turn, decide, change));
  }
  await takeOverByHand(desk.database, changeId, turn.who, desk.now());
  return pressShowState(desk, turn, changeId);
};
