import { inputIds } from '../../cards/press.ts';
import type { Change, Decision } from '../changes/change.ts';
import { mayApprove } from '../changes/may.ts';
import { rememberCard } from '../store/posted.ts';
import { changeUnderWay, findChange } from '../store/read-change.ts';
import { decide, expireDue } from '../store/write-change.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Reply } from './chat.ts';
import { approversOn, type Desk, namesOf, type Turn } from './desk.ts';
import { refuse } from './refuse.ts';

/** Approve and run: one press of any number starts the change; every other one is told what is true. */
export const pressApprove = async (
  desk: Desk,
  turn: Turn,
  changeId: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const approvers = approversOn(desk, change.server);
  if (!mayApprove({ approvers }, turn.who)) {
    return refuse({ kind: 'may-not-approve', approvers: namesOf(approvers) });
  }
  const withSecondKey = inputs[inputIds.secondKey] === 'true';
  const chosen = (withSecondKey ? change.plans[1] : undefined) ?? change.plans[0];
  if (chosen === undefined) return refuse({ kind: 'button-unknown' });
  const decision: Decision = {
    decision: 'approved',
    planHash: chosen.hash,
    person: turn.who,
    at: desk.now(),
  };
  const outcome = await decide(desk.database, changeId, decision);
  if (outcome === 'busy') return alreadyUnderWay(desk, turn, change);
  if (outcome === 'too-late') return notOpenAnyMore(desk, turn, changeId);
  return {
    ...(await currentCard(desk, turn, changeId)),
    privately: true,
    afterwards: async (posted) => {
      await rememberCard(desk.database, changeId, { posted, reader: 'approver', zone: turn.zone });
      desk.worker.start(changeId);
      desk.onMoved(changeId);
    },
  };
};

/** Decline, or Withdraw by the one who asked. */
export const pressDecline = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  const plan = change?.plans[0];
  if (change === undefined || plan === undefined) return refuse({ kind: 'button-unknown' });
  const own = change.requester.aadObjectId === turn.who.aadObjectId;
  const approvers = approversOn(desk, change.server);
  const approver = mayApprove({ approvers }, turn.who);
  if (!own && !approver) {
    return refuse({ kind: 'may-not-decline', approvers: namesOf(approvers) });
  }
  const outcome = await decide(desk.database, changeId, {
    decision: approver ? 'declined' : 'withdrawn',
    planHash: plan.hash,
    person: turn.who,
    at: desk.now(),
  });
  if (outcome !== 'taken') return notOpenAnyMore(desk, turn, changeId);
  return pressShowState(desk, turn, changeId);
};

/** Review, on the card that everybody sees: an approver gets the proposal with its buttons. */
export const pressReview = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const approvers = approversOn(desk, change.server);
  if (change.state === 'proposed' && !mayApprove({ approvers }, turn.who)) {
    return refuse({ kind: 'may-not-approve', approvers: namesOf(approvers) });
  }
  return { ...(await currentCard(desk, turn, changeId)), privately: change.state === 'proposed' };
};

/** Show current state, and the answer to a button of a change that has moved on. */
export const pressShowState = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => ({
  ...(await currentCard(desk, turn, changeId)),
  // For everybody the message is brought up to date in its turn: this card may be old by the time it arrives.
  privately: true,
  afterwards: async () => desk.onMoved(changeId),
});

const currentCard = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const approver = mayApprove({ approvers: approversOn(desk, change.server) }, turn.who);
  return {
    card: await cardOfChange(desk, change, {
      where: turn.where,
      reader: approver ? 'approver' : 'reader',
      zone: turn.zone,
    }),
  };
};

/** Somebody was first, or time ran out: the card turns into the true state, whatever was pressed. */
const notOpenAnyMore = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const expired = await expireDue(desk.database, desk.now());
  for (const id of expired) desk.onMoved(id);
  return pressShowState(desk, turn, changeId);
};

const alreadyUnderWay = async (desk: Desk, turn: Turn, change: Change): Promise<Reply> => {
  const other = await changeUnderWay(desk.database, change.server);
  return other === undefined
    ? notOpenAnyMore(desk, turn, change.id)
    : refuse({ kind: 'already-running', server: change.server });
};
