import type { LockHolderView } from '../../cards/lock-view.ts';
import type { Notice } from '../../cards/notice.ts';
import { type Change, consentOf, decisionOf } from '../changes/change.ts';
import { lockOn } from '../store/read-change.ts';
import { changeViewOf } from './change-view.ts';
import { type Desk, type Turn, viewOf } from './desk.ts';

/** Says what keeps a server from the change that was wanted. */
export const lockNotice = async (desk: Desk, turn: Turn, server: string): Promise<Notice> => {
  const lock = await lockOn(desk.database, server);
  // Let go in the meantime.
  if (lock === undefined) return { kind: 'already-running', server };
  if (lock.kind === 'unreadable') return { kind: 'lock-unreadable', server };
  return { kind: 'locked', view: viewOf(desk, turn.zone), holder: lockHolderOf(lock.change) };
};

export const lockHolderOf = (change: Change): LockHolderView => {
  const alone = decisionOf(change, 'broke-glass');
  return {
    change: changeViewOf(change),
    state: change.state === 'approved' || change.state === 'running' ? change.state : 'unknown',
    since: change.startedAt ?? consentOf(change).at(-1)?.at ?? change.createdAt,
    askedBy: change.requester.name,
    approvedBy: alone === undefined ? consentOf(change).map(({ person }) => person.name) : [],
    ...(alone === undefined ? {} : { brokeGlass: alone.person.name }),
  };
};
