import type { Card } from '../../cards/card.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { queuedCard, type WaitsFor } from '../../cards/queued-card.ts';
import { type WaitingCardData, waitingCard } from '../../cards/waiting-card.ts';
import type { StartView } from '../../cards/window-view.ts';
import { isOpen } from '../changes/batch.ts';
import type { Change } from '../changes/change.ts';
import { windowAt } from '../changes/maintenance-window.ts';
import type { Policy } from '../changes/policy.ts';
import { changesOfBatch, lockOn } from '../store/read-change.ts';
import type { Action } from '../store/tokens.ts';
import type { Audience } from './card-of-change.ts';
import { planViewOf } from './change-view.ts';
import { type Desk, namesOf, serverNamed, tokenFor, viewOf } from './desk.ts';
import { freezeViewOf } from './freeze-view.ts';
import { lockHolderOf } from './lock-notice.ts';
import { othersIn } from './others-in.ts';
import { withOwnViews } from './own-views.ts';
import { type Rights, rightsOf } from './rights.ts';
import { startViewOf, zoneOf } from './window-view.ts';

/**
 * The card of a plan that has not started. One person sees what they may do; in a chat of several all see the same, Review
 * among it, and clients that can ask for the view of their person.
 */
export const openCard = async (desk: Desk, change: Change, audience: Audience): Promise<Card> =>
  withOwnViews(
    desk,
    audience.where,
    [change],
    { kind: 'view', changeId: change.id },
    await cardFor(desk, change, audience),
  );

const cardFor = async (desk: Desk, change: Change, audience: Audience): Promise<Card> => {
  const policy = serverNamed(desk, change.server)?.policy;
  const rights =
    audience.personId === undefined || policy === undefined
      ? undefined
      : await rightsOf(desk, policy, audience.personId);
  if (change.state === 'queued') return queued(desk, change, audience, rights);
  const mayApprove =
    rights === undefined
      ? audience.reader === 'approver' && policy !== undefined
      : rights.approve(change).may;
  const start = policy === undefined ? undefined : startViewOf(policy, desk.now());
  return mayApprove
    ? proposal(desk, change, audience, start, rights, policy)
    : waiting(desk, change, audience, start, rights, policy);
};

const proposal = async (
  desk: Desk,
  change: Change,
  audience: Audience,
  start: StartView | undefined,
  rights: Rights | undefined,
  policy: Policy | undefined,
): Promise<Card> => {
  const approvals = change.policy?.approvals ?? 1;
  // Alone and at once, where an approval would start it at once anyhow: nothing to break.
  const glassHelps = approvals > 1 || start?.kind !== 'at-once' || policy?.fourEyes === true;
  return proposalCard({
    view: viewOf(desk, audience.zone),
    plan: planViewOf(change, start),
    approve: await button(desk, change, audience, 'approve'),
    decline: await button(desk, change, audience, 'decline'),
    ...(rights?.breakGlass.may === true && glassHelps
      ? { breakGlass: await button(desk, change, audience, 'break-glass') }
      : {}),
  });
};

const waiting = async (
  desk: Desk,
  change: Change,
  audience: Audience,
  start: StartView | undefined,
  rights: Rights | undefined,
  policy: Policy | undefined,
): Promise<Card> => {
  const reader = readerOf(change, audience, rights);
  return waitingCard({
    view: viewOf(desk, audience.zone),
    plan: planViewOf(change, start),
    reader,
    approvers: namesOf(policy === undefined ? [] : othersIn(policy, change)),
    ...(change.toldAt === undefined ? {} : { toldAt: change.toldAt }),
    ...(reader === 'requester' ? { withdraw: await button(desk, change, audience, 'decline') } : {}),
    ...(reader === 'requester' && audience.where.kind === 'personal'
      ? { tellAgain: await button(desk, change, audience, 'tell-again') }
      : {}),
    // A person's own card is what Review answers with.
    ...(audience.where.kind === 'personal' || audience.personId !== undefined
      ? {}
      : { review: await button(desk, change, audience, 'review') }),
    ...(rights?.breakGlass.may === true
      ? { breakGlass: await button(desk, change, audience, 'break-glass') }
      : {}),
  });
};

const readerOf = (
  change: Change,
  { reader, personId }: Audience,
  rights: Rights | undefined,
): WaitingCardData['reader'] => {
  if (personId === undefined) return reader === 'approver' || reader === 'announced' ? 'everybody' : reader;
  const permission = rights?.approve(change);
  if (permission?.may === false && permission.rule === 'already-approved') return 'voted';
  return change.requester.aadObjectId.toLowerCase() === personId.toLowerCase() ? 'requester' : 'reader';
};

const queued = async (
  desk: Desk,
  change: Change,
  audience: Audience,
  rights: Rights | undefined,
): Promise<Card> => {
  const mayWithdraw = rights === undefined ? audience.reader !== 'reader' : rights.withdraw(change).may;
  const freeze = freezeViewOf(await desk.freezeState());
  return queuedCard({
    view: viewOf(desk, audience.zone),
    plan: planViewOf(change),
    waitsFor: await waitsFor(desk, change, freeze),
    ...(mayWithdraw ? { withdraw: await button(desk, change, audience, 'decline') } : {}),
    showState: await button(desk, change, audience, 'show-state'),
    ...(rights?.breakGlass.may === true && freeze === undefined
      ? { breakGlass: await button(desk, change, audience, 'break-glass') }
      : {}),
  });
};

const waitsFor = async (
  desk: Desk,
  change: Change,
  freeze: ReturnType<typeof freezeViewOf>,
): Promise<WaitsFor> => {
  const { startAfter, expiresAt, policy, batch } = change;
  const isOpenNow = policy !== undefined && windowAt(policy, desk.now()).open;
  if (startAfter !== undefined && startAfter > desk.now() && !isOpenNow) {
    const zone = policy === undefined ? 'UTC' : zoneOf(policy);
    return { kind: 'window', window: { from: startAfter, to: expiresAt, zone } };
  }
  if (freeze !== undefined) return { kind: 'thaw', freeze };
  const lock = await lockOn(desk.database, change.server);
  if (lock?.kind === 'held') return { kind: 'lock', holder: lockHolderOf(lock.change) };
  if (batch === undefined) return { kind: 'worker' };
  const before = (await changesOfBatch(desk.database, batch.id)).slice(0, batch.place);
  return { kind: 'turn', before: before.filter(({ state }) => isOpen(state)).length };
};

type OpenAction = Extract<Action, { changeId: string }>['kind'];

const button = (desk: Desk, change: Change, audience: Audience, kind: OpenAction) =>
  tokenFor(desk, audience.where, { kind, changeId: change.id });
