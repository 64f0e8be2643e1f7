import type { Notice } from '../../cards/notice.ts';
import { inputIds } from '../../cards/press.ts';
import type { Change } from '../changes/change.ts';
import { decisionOf } from '../changes/change.ts';
import { windowAt } from '../changes/maintenance-window.ts';
import type { ServerConfig } from '../config.ts';
import { unknownAnsweredBy } from '../store/answered-unknown.ts';
import { type ApprovalOutcome, approve, breakGlass, decline } from '../store/decide.ts';
import { rememberCard } from '../store/posted.ts';
import { findChange } from '../store/read-change.ts';
import { announceBrokenGlass } from './announce-broken-glass.ts';
import type { Reply } from './chat.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { lockNotice } from './lock-notice.ts';
import { closedWindow, movedOrFrozen } from './obstacles.ts';
import { refuse, refuseOnRecord } from './refuse.ts';
import { mayNotDecline, noticeOf, rightsOf } from './rights.ts';
import { currentCard, notOpenAnyMore, pressShowState } from './show-state.ts';
import { writtenReason } from './written-reason.ts';

type Chosen = Change['plans'][number];
type Inputs = Readonly<Record<string, string>>;

/** Approve and run: of any number of presses one lets the change run; every other one is told what is true. */
export const pressApprove = async (
  desk: Desk,
  turn: Turn,
  changeId: string,
  inputs: Inputs,
): Promise<Reply> => {
  const found = await changeAndServer(desk, changeId);
  if (found === undefined) return refuse({ kind: 'not-approver', approvers: [] });
  const { change, server } = found;
  const { policy } = server;
  const rights = await rightsOf(desk, policy, turn.who.aadObjectId);
  if (!rights.decide.may)
    return refuseOnRecord(desk, turn, change, 'approve', noticeOf(desk, turn, rights.decide, change));
  // A change of a batch is approved with all of it.
  if (change.state !== 'proposed' || change.batch !== undefined) return notOpenAnyMore(desk, turn, change);
  const permission = rights.approve(change);
  if (!permission.may)
    return refuseOnRecord(desk, turn, change, 'approve', noticeOf(desk, turn, permission, change));
  const chosen = chosenPlan(change, inputs);
  if (chosen === undefined) return refuse({ kind: 'button-unknown' });
  const obstacle = (await movedOrFrozen(desk, turn, policy, chosen.plan)) ?? closedWindow(desk, turn, policy);
  if (obstacle !== undefined) return refuseOnRecord(desk, turn, change, 'approve', obstacle);
  const window = windowAt(policy, desk.now());
  const decision = { planHash: chosen.hash, person: turn.who, at: desk.now() };
  const outcome = await approve(desk.database, changeId, decision, {
    needed: policy.approvals,
    ...(window.open ? {} : { queue: { after: window.next.from, before: window.next.to } }),
    answers: await unknownAnsweredBy(desk.database, chosen.plan),
  });
  return answerOf(desk, turn, change, 'approve', outcome);
};

/** Run now, alone: past the other approvals, four eyes and the window, with a reason that stays on record. */
export const pressBreakGlass = async (
  desk: Desk,
  turn: Turn,
  changeId: string,
  inputs: Inputs,
): Promise<Reply> => {
  const found = await changeAndServer(desk, changeId);
  if (found === undefined) return refuse({ kind: 'button-unknown' });
  const { change, server } = found;
  const permission = (await rightsOf(desk, server.policy, turn.who.aadObjectId)).breakGlass;
  if (!permission.may)
    return refuseOnRecord(desk, turn, change, 'break-glass', noticeOf(desk, turn, permission, change));
  if (change.state !== 'proposed' && change.state !== 'queued') return notOpenAnyMore(desk, turn, change);
  const written = writtenReason(inputs[inputIds.reason] ?? '');
  if (typeof written === 'string') return refuse({ kind: `reason-${written}` });
  const { reason } = written;
  const chosen = chosenPlan(change, inputs);
  if (chosen === undefined) return refuse({ kind: 'button-unknown' });
  const obstacle = await movedOrFrozen(desk, turn, server.policy, chosen.plan);
  if (obstacle !== undefined) return refuseOnRecord(desk, turn, change, 'break-glass', obstacle);
  const decision = { planHash: chosen.hash, person: turn.who, at: desk.now(), reason };
  const answers = await unknownAnsweredBy(desk.database, chosen.plan);
  const outcome = await breakGlass(desk.database, changeId, decision, answers);
  const reply = await answerOf(desk, turn, change, 'break-glass', outcome);
  if (outcome !== 'approved') return reply;
  return {
    ...reply,
    afterwards: async (posted) => {
      await reply.afterwards?.(posted);
      await announceBrokenGlass(desk, turn, server, changeId);
    },
  };
};

/** Decline, or Withdraw by the one who asked. Also of a plan that is approved and waits. */
export const pressDecline = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const found = await changeAndServer(desk, changeId);
  const plan = found?.change.plans[0];
  if (found === undefined || plan === undefined) return refuse({ kind: 'button-unknown' });
  const { change, server } = found;
  const rights = await rightsOf(desk, server.policy, turn.who.aadObjectId);
  const permission = rights.withdraw(change);
  if (!permission.may) {
    return refuseOnRecord(desk, turn, change, 'decline', mayNotDecline(desk, turn, permission, change));
  }
  const outcome = await decline(desk.database, changeId, {
    decision: permission.because.rule === 'own-request' && !rights.decide.may ? 'withdrawn' : 'declined',
    planHash: change.planHash ?? plan.hash,
    person: turn.who,
    at: desk.now(),
  });
  if (outcome !== 'taken') return notOpenAnyMore(desk, turn, change);
  return pressShowState(desk, turn, changeId);
};

/** Review, on the card that everybody sees: an approver gets the proposal with its buttons. */
export const pressReview = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const found = await changeAndServer(desk, changeId);
  if (found === undefined) return refuse({ kind: 'button-unknown' });
  const { change, server } = found;
  const rights = await rightsOf(desk, server.policy, turn.who.aadObjectId);
  if (change.state === 'proposed' && !rights.decide.may && !rights.breakGlass.may) {
    return refuse(noticeOf(desk, turn, rights.decide, change));
  }
  // What is no plan any more shows its state: for all in its turn, since this card may be old by the time it arrives.
  if (change.state !== 'proposed') return pressShowState(desk, turn, changeId);
  return { ...(await currentCard(desk, turn, changeId)), privately: true };
};

const changeAndServer = async (
  desk: Desk,
  changeId: string,
): Promise<{ change: Change; server: ServerConfig } | undefined> => {
  const change = await findChange(desk.database, changeId);
  const server = change === undefined ? undefined : serverNamed(desk, change.server);
  return change === undefined || server === undefined ? undefined : { change, server };
};

/** After the first approval the variant is fixed; an older card may still name the other one, which is then refused. */
const chosenPlan = (change: Change, inputs: Inputs): Chosen | undefined => {
  const ticked = inputs[inputIds.secondKey];
  const [smallest, withSecondKey] = change.plans;
  if (ticked === undefined && change.planHash !== undefined) {
    return change.plans.find(({ hash }) => hash === change.planHash);
  }
  return (ticked === 'true' ? withSecondKey : undefined) ?? smallest;
};

const answerOf = async (
  desk: Desk,
  turn: Turn,
  change: Change,
  wanted: 'approve' | 'break-glass',
  outcome: ApprovalOutcome,
): Promise<Reply> => {
  switch (outcome) {
    case 'approved':
    case 'queued':
    case 'counted':
      return {
        ...(await currentCard(desk, turn, change.id)),
        privately: true,
        afterwards: async (posted) => {
          const shown = { posted, reader: 'approver' as const, zone: turn.zone, personId: personOf(turn) };
          await rememberCard(desk.database, change.id, shown);
          if (outcome === 'approved') desk.worker.start(change.id);
          desk.onMoved(change.id);
        },
      };
    case 'locked':
      return refuseOnRecord(desk, turn, change, wanted, await lockNotice(desk, turn, change.server));
    case 'variant-differs':
      return refuseOnRecord(desk, turn, change, wanted, await variantNotice(desk, change.id));
    case 'already-approved': {
      const rights = await rightsOf(desk, change.policy ?? desk.config.policy, turn.who.aadObjectId);
      const now = (await findChange(desk.database, change.id)) ?? change;
      const permission = rights.approve(now);
      return permission.may
        ? notOpenAnyMore(desk, turn, change)
        : refuseOnRecord(desk, turn, change, wanted, noticeOf(desk, turn, permission, now));
    }
    case 'too-late':
      return notOpenAnyMore(desk, turn, change);
  }
};

/** Whose card it is, where one person alone sees it. */
export const personOf = ({ who, where }: Turn): string | undefined =>
  where.kind === 'personal' ? who.aadObjectId : undefined;

const variantNotice = async (desk: Desk, changeId: string): Promise<Notice> => {
  const change = await findChange(desk.database, changeId);
  const first = change === undefined ? undefined : decisionOf(change, 'approved');
  return {
    kind: 'variant-differs',
    by: first?.person.name ?? '',
    withSecondKey: change?.planHash !== undefined && change.planHash === change.plans[1]?.hash,
  };
};
