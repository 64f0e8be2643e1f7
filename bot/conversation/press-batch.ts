import type { Notice } from '../../cards/notice.ts';
import { inputIds } from '../../cards/press.ts';
import { type Batch, plansHash } from '../changes/batch.ts';
import type { Change } from '../changes/change.ts';
import { windowAt } from '../changes/maintenance-window.ts';
import {
  approveBatch,
  type BatchApprovalOutcome,
  breakGlassOfBatch,
  declineBatch,
  type MemberTerms,
} from '../store/decide-batch.ts';
import { findBatch } from '../store/read-batch.ts';
import { lockOn } from '../store/read-change.ts';
import { announceBrokenGlassOfBatch } from './announce-broken-glass.ts';
import { type MemberRights, rightsInBatch } from './batch-rights.ts';
import type { Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import { lockNotice } from './lock-notice.ts';
import { moveBatchOn } from './move-batch-on.ts';
import { closedWindow, movedOrFrozen } from './obstacles.ts';
import { showBatchIn } from './put-batch.ts';
import { refuse, refuseOnRecord } from './refuse.ts';
import { mayNotDecline, noticeOf } from './rights.ts';
import { batchNotOpenAnyMore, batchStateFor, pressShowBatch } from './show-batch.ts';
import { writtenReason } from './written-reason.ts';

type Inputs = Readonly<Record<string, string>>;

/** Approve of a batch: for all plans that its card listed, or for none; the first rule that says no says it for all. */
export const pressApproveBatch = async (
  desk: Desk,
  turn: Turn,
  batchId: string,
  listed: string,
): Promise<Reply> => {
  const seen = await membersIn(desk, turn, batchId, ['proposed']);
  if (seen === undefined) return refuse({ kind: 'button-unknown' });
  const { batch, members } = seen;
  for (const { change, rights } of members) {
    if (!rights.decide.may)
      return refuseOnRecord(desk, turn, change, 'approve', noticeOf(desk, turn, rights.decide, change));
  }
  if (!isListed(members, listed)) return batchNotOpenAnyMore(desk, turn, batchId);
  const obstacle = await firstObstacle(desk, turn, members);
  if (obstacle !== undefined) return refuseOnRecord(desk, turn, obstacle.change, 'approve', obstacle.notice);
  const terms = members.map((member) => termsOf(desk, member));
  const outcome = await approveBatch(desk.database, batchId, terms, { person: turn.who, at: desk.now() });
  return answerOf(desk, turn, batch, outcome);
};

const firstObstacle = async (
  desk: Desk,
  turn: Turn,
  members: readonly MemberRights[],
): Promise<{ change: Change; notice: Notice } | undefined> => {
  for (const { change, server, rights } of members) {
    const permission = rights.approve(change);
    const [chosen] = change.plans;
    if (chosen === undefined) return { change, notice: { kind: 'button-unknown' } };
    const notice = permission.may
      ? ((await movedOrFrozen(desk, turn, server.policy, chosen.plan)) ??
        closedWindow(desk, turn, server.policy) ??
        (await lockedNow(desk, turn, change.server)))
      : noticeOf(desk, turn, permission, change);
    if (notice !== undefined) return { change, notice };
  }
  return undefined;
};

const lockedNow = async (desk: Desk, turn: Turn, server: string): Promise<Notice | undefined> =>
  (await lockOn(desk.database, server)) === undefined ? undefined : lockNotice(desk, turn, server);

const termsOf = (desk: Desk, { change, server: { policy } }: MemberRights): MemberTerms => {
  const window = windowAt(policy, desk.now());
  const validFor = new Date(desk.now().getTime() + policy.validFor);
  return {
    id: change.id,
    planHash: change.plans[0]?.hash ?? '',
    needed: policy.approvals,
    queue: window.open
      ? { after: null, before: window.until ?? validFor }
      : { after: window.next.from, before: window.next.to },
  };
};

/** Run a batch now, alone: past the approvals, four eyes and the windows, in its order, with a reason that stays on record. */
export const pressBreakGlassOfBatch = async (
  desk: Desk,
  turn: Turn,
  batchId: string,
  listed: string,
  inputs: Inputs,
): Promise<Reply> => {
  const seen = await membersIn(desk, turn, batchId, ['proposed', 'queued']);
  if (seen === undefined) return refuse({ kind: 'button-unknown' });
  const { batch, members } = seen;
  for (const { change, rights } of members) {
    if (!rights.breakGlass.may) {
      return refuseOnRecord(
        desk,
        turn,
        change,
        'break-glass',
        noticeOf(desk, turn, rights.breakGlass, change),
      );
    }
  }
  if (!isListed(members, listed)) return batchNotOpenAnyMore(desk, turn, batchId);
  const written = writtenReason(inputs[inputIds.reason] ?? '');
  if (typeof written === 'string') return refuse({ kind: `reason-${written}` });
  const { reason } = written;
  for (const { change, server } of members) {
    const [chosen] = change.plans;
    if (chosen === undefined) return refuse({ kind: 'button-unknown' });
    const obstacle =
      (await movedOrFrozen(desk, turn, server.policy, chosen.plan)) ??
      (await lockedNow(desk, turn, change.server));
    if (obstacle !== undefined) return refuseOnRecord(desk, turn, change, 'break-glass', obstacle);
  }
  const now = desk.now();
  const terms = members.map(({ change, server }) => ({
    id: change.id,
    planHash: change.plans[0]?.hash ?? '',
    queue: { after: null, before: new Date(now.getTime() + server.policy.validFor) },
  }));
  const outcome = await breakGlassOfBatch(desk.database, batchId, terms, {
    person: turn.who,
    at: now,
    reason,
  });
  const reply = await answerOf(desk, turn, batch, outcome);
  if (outcome !== 'queued') return reply;
  return {
    ...reply,
    afterwards: async (posted) => {
      await reply.afterwards?.(posted);
      await announceBrokenGlassOfBatch(desk, turn, batchId);
    },
  };
};

/** Decline, or Withdraw: all of the batch that has not started. What runs goes on to its end. */
export const pressDeclineBatch = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => {
  const seen = await membersIn(desk, turn, batchId, ['proposed', 'queued']);
  if (seen === undefined) return refuse({ kind: 'button-unknown' });
  const { members } = seen;
  for (const { change, rights } of members) {
    const permission = rights.withdraw(change);
    if (permission.may) continue;
    return refuseOnRecord(desk, turn, change, 'decline', mayNotDecline(desk, turn, permission, change));
  }
  const isOwn = members.some(({ rights }) => !rights.decide.may);
  const declined = await declineBatch(desk.database, batchId, {
    decision: isOwn ? 'withdrawn' : 'declined',
    person: turn.who,
    at: desk.now(),
  });
  for (const id of declined) desk.onMoved(id);
  return declined.length === 0
    ? batchNotOpenAnyMore(desk, turn, batchId)
    : pressShowBatch(desk, turn, batchId);
};

/** Review, on the card that everybody sees: who may decide gets the proposal with its buttons. */
export const pressReviewBatch = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => {
  const seen = await membersIn(desk, turn, batchId, ['proposed']);
  if (seen === undefined) return refuse({ kind: 'button-unknown' });
  const { batch, members } = seen;
  const isOpen = batch.members.some(({ state }) => state === 'proposed');
  for (const { change, rights } of members) {
    if (isOpen && !rights.decide.may && !rights.breakGlass.may) {
      return refuse(noticeOf(desk, turn, rights.decide, change));
    }
  }
  if (!isOpen) return pressShowBatch(desk, turn, batchId);
  return { ...(await batchStateFor(desk, turn, batchId)), privately: true };
};

/**
 * The changes of a batch in these states, or all of them when none is, each with what the person may do; undefined when the
 * batch or a server of it is not known any more.
 */
const membersIn = async (
  desk: Desk,
  turn: Turn,
  batchId: string,
  states: readonly Change['state'][],
): Promise<{ batch: Batch; members: readonly MemberRights[] } | undefined> => {
  const batch = await findBatch(desk.database, batchId);
  if (batch === undefined) return undefined;
  const wanted = batch.members.filter(({ state }) => states.includes(state));
  const asked = wanted.length === 0 ? batch.members : wanted;
  const members = await rightsInBatch(desk, asked, turn.who.aadObjectId);
  return members.length === 0 || members.length < asked.length ? undefined : { batch, members };
};

const isListed = (members: readonly MemberRights[], listed: string): boolean =>
  plansHash(members.map(({ change }) => change)) === listed &&
  members.every(({ change: { state } }) => state === 'proposed' || state === 'queued');

const answerOf = async (
  desk: Desk,
  turn: Turn,
  batch: Batch,
  outcome: BatchApprovalOutcome,
): Promise<Reply> => {
  if (outcome === 'too-late' || outcome === 'already-approved') {
    return batchNotOpenAnyMore(desk, turn, batch.id);
  }
  if (outcome === 'queued') await moveBatchOn(desk, batch.id);
  return {
    ...(await batchStateFor(desk, turn, batch.id)),
    privately: true,
    afterwards: async (posted) => {
      await showBatchIn(desk, turn, batch, posted, 'approver');
      for (const { id } of batch.members) desk.onMoved(id);
    },
  };
};
