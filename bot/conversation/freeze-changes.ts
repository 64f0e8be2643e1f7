import { frozenCard } from '../../cards/frozen-card.ts';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import { freeze, thaw } from '../store/freezes.ts';
import { changeIdsIn } from '../store/read-change.ts';
import type { Reply } from './chat.ts';
import { type Desk, namesOf, type Turn, tokenFor, viewOf } from './desk.ts';
import { freezeViewOf } from './freeze-view.ts';
import { refuseWordsOnRecord } from './refuse.ts';
import { noticeOf, rightsOf } from './rights.ts';
import { writtenReason } from './written-reason.ts';

/** A freeze is about no one server and no one change. */
const everything = { server: null, changeId: null };

/** `freeze <reason>`: from now on nothing is approved or started, on any server. What runs already goes on to its end. */
export const freezeChanges = async (desk: Desk, turn: Turn, words: string): Promise<Reply> => {
  const refusal = await mayNotFreeze(desk, turn);
  if (refusal !== undefined) return refuseWordsOnRecord(desk, turn, everything, 'freeze', refusal);
  const before = freezeViewOf(await desk.freezeState());
  const view = viewOf(desk, turn.zone);
  if (before !== undefined) return { card: noticeCard({ kind: 'already-frozen', view, freeze: before }) };
  const written = writtenReason(words);
  if (typeof written === 'string') return { card: noticeCard({ kind: 'freeze-how' }) };
  const { reason } = written;
  await freeze(desk.database, desk.randomId(), { reason, by: turn.who, at: desk.now() });
  const frozen = freezeViewOf(await desk.freezeState());
  const waiting = await changeIdsIn(desk.database, 'queued');
  const running = await changeIdsIn(desk.database, 'running');
  return {
    card: frozenCard({
      view,
      freeze: frozen ?? { kind: 'person', by: turn.who.name, reason, since: desk.now() },
      waiting: waiting.length,
      running: running.length,
      locks: await tokenFor(desk, turn.where, { kind: 'locks' }),
    }),
    afterwards: async () => waiting.forEach(desk.onMoved),
  };
};

/** `thaw`: changes may be approved and started again. A freeze by file ends with the file. */
export const thawChanges = async (desk: Desk, turn: Turn): Promise<Reply> => {
  const refusal = await mayNotFreeze(desk, turn);
  if (refusal !== undefined) return refuseWordsOnRecord(desk, turn, everything, 'thaw', refusal);
  const view = viewOf(desk, turn.zone);
  const ended = await thaw(desk.database, turn.who, desk.now());
  const left = freezeViewOf(await desk.freezeState());
  if (left !== undefined) {
    const byFile: Notice = { kind: 'frozen-by-file', view, freeze: left };
    return refuseWordsOnRecord(desk, turn, everything, 'thaw', byFile);
  }
  if (ended === undefined) return { card: noticeCard({ kind: 'nothing-frozen' }) };
  const waiting = await changeIdsIn(desk.database, 'queued');
  return {
    card: noticeCard({
      kind: 'thawed',
      view,
      by: turn.who.name,
      at: desk.now(),
      waiting: waiting.length,
    }),
    afterwards: async () => waiting.forEach(desk.onMoved),
  };
};

const mayNotFreeze = async (desk: Desk, turn: Turn): Promise<Notice | undefined> => {
  const { decide } = await rightsOf(desk, desk.config.policy, turn.who.aadObjectId);
  if (decide.may) return undefined;
  return decide.rule === 'not-approver'
    ? { kind: 'may-not-freeze', approvers: namesOf(decide.approvers) }
    : noticeOf(desk, turn, decide);
};
