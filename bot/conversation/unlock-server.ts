import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import { unlock } from '../store/decide.ts';
import { findChange, lockOn } from '../store/read-change.ts';
import type { Reply } from './chat.ts';
import { askWhichServer } from './check-server.ts';
import { type Desk, namesOf, serverNamed, type Turn, viewOf } from './desk.ts';
import { lockHolderOf } from './lock-notice.ts';
import { refuseWordsOnRecord } from './refuse.ts';
import { noticeOf, rightsOf } from './rights.ts';
import { writtenReason } from './written-reason.ts';

/** `unlock wsus01 <reason>`: frees a server that a change of unknown state holds, by an approver's word. */
export const unlockServer = async (
  desk: Desk,
  turn: Turn,
  name: string | undefined,
  words: string,
): Promise<Reply> => {
  if (name === undefined) return { card: noticeCard({ kind: 'unlock-how' }) };
  const server = serverNamed(desk, name);
  if (server === undefined) return { card: await askWhichServer(desk, turn, name) };
  const { decide } = await rightsOf(desk, server.policy, turn.who.aadObjectId);
  if (!decide.may) {
    const notice: Notice =
      decide.rule === 'not-approver'
        ? { kind: 'may-not-unlock', server: server.name, approvers: namesOf(decide.approvers) }
        : noticeOf(desk, turn, decide);
    return refuseWordsOnRecord(desk, turn, { server: server.name, changeId: null }, 'unlock', notice);
  }
  const written = writtenReason(words);
  if (typeof written === 'string') return { card: noticeCard({ kind: 'unlock-how' }) };
  const { reason } = written;
  const outcome = await unlock(desk.database, server.name, turn.who, desk.now(), reason);
  if (outcome === 'not-locked') return { card: noticeCard({ kind: 'nothing-locked', server: server.name }) };
  if (outcome === 'running') return stillAtWork(desk, turn, server.name);
  return {
    card: noticeCard({
      kind: 'unlocked',
      view: viewOf(desk, turn.zone),
      server: server.name,
      ...(await numberOf(desk, outcome.unlocked)),
      by: turn.who.name,
      at: desk.now(),
      reason,
    }),
    afterwards: async () => desk.onMoved(outcome.unlocked),
  };
};

const stillAtWork = async (desk: Desk, turn: Turn, server: string): Promise<Reply> => {
  const lock = await lockOn(desk.database, server);
  if (lock === undefined) return { card: noticeCard({ kind: 'nothing-locked', server }) };
  const [changeId, notice]: [string, Notice] =
    lock.kind === 'held'
      ? [
          lock.change.id,
          { kind: 'running-cannot-unlock', view: viewOf(desk, turn.zone), holder: lockHolderOf(lock.change) },
        ]
      : [lock.changeId, { kind: 'lock-unreadable', server }];
  return refuseWordsOnRecord(desk, turn, { server, changeId }, 'unlock', notice);
};

/** A change that cannot be read is unlocked all the same: that is what the word of a person is for. */
const numberOf = async (desk: Desk, changeId: string): Promise<{ number?: number }> => {
  try {
    const change = await findChange(desk.database, changeId);
    return change === undefined ? {} : { number: change.number };
  } catch (error) {
    desk.onTrouble(`reading the unlocked change ${changeId}`, error);
    return {};
  }
};
