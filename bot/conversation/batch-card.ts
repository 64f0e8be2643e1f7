import { type BatchProgressCardData, batchProgressCard } from '../../cards/batch-progress-card.ts';
import { type BatchReader, batchProposalCard } from '../../cards/batch-proposal-card.ts';
import type { Card } from '../../cards/card.ts';
import type { StartView } from '../../cards/window-view.ts';
import { type Batch, isOpen, plansHash } from '../changes/batch.ts';
import { type Change, consentOf } from '../changes/change.ts';
import type { Policy } from '../changes/policy.ts';
import type { Action } from '../store/tokens.ts';
import { type MemberRights, mayApproveAll, rightsInBatch } from './batch-rights.ts';
import { batchRowsOf, isRetried } from './batch-rows.ts';
import type { Audience } from './card-of-change.ts';
import { changeViewOf, peopleOf, planViewOf } from './change-view.ts';
import { type Desk, namesOf, serverNamed, tokenFor, viewOf } from './desk.ts';
import { freezeViewOf } from './freeze-view.ts';
import { othersIn } from './others-in.ts';
import { withOwnViews } from './own-views.ts';
import { startViewOf, zoneOf } from './window-view.ts';

/** The card that says where a batch is now: the proposal while one of its plans waits for people, then how far it is. */
export const cardOfBatch = async (desk: Desk, batch: Batch, audience: Audience): Promise<Card> => {
  const proposed = batch.members.filter(({ state }) => state === 'proposed');
  const [first, ...others] = proposed;
  return first === undefined
    ? progress(desk, batch, audience)
    : withOwnViews(
        desk,
        audience.where,
        proposed,
        { kind: 'view-batch', batchId: batch.id },
        await proposal(desk, batch, [first, ...others], audience),
      );
};

type Button = Extract<Action, { batchId: string }>;

const button = (desk: Desk, audience: Audience, action: Button) => tokenFor(desk, audience.where, action);

const proposal = async (
  desk: Desk,
  batch: Batch,
  members: readonly [Change, ...Change[]],
  audience: Audience,
): Promise<Card> => {
  const now = desk.now();
  const policies = members.flatMap(({ server }) => serverNamed(desk, server)?.policy ?? []);
  const rights = await rightsFor(desk, members, audience);
  const start = startOf(policies, now);
  const reader = await readerOf(desk, batch, members, audience, rights);
  const approvals = planViewOf(mostMissing(members)).approvals;
  const glassHelps =
    (approvals?.needed ?? 1) > 1 || start.kind !== 'at-once' || policies.some(({ fourEyes }) => fourEyes);
  return batchProposalCard({
    view: viewOf(desk, audience.zone),
    plans: members.map((change) => ({
      change: changeViewOf(change),
      ...(change.context.sites.length === 0 ? {} : { sites: change.context.sites.length }),
    })),
    leftOut: [
      ...batch.leftOut,
      ...batch.members
        .filter(({ state }) => state !== 'proposed')
        .map(({ server }) => ({ server, why: 'changed-since' as const })),
    ],
    parallel: batch.parallel,
    askedBy: batch.requester.name,
    askedAt: batch.createdAt,
    validUntil: earliest(members.map(({ expiresAt }) => expiresAt)) ?? batch.createdAt,
    ...(approvals === undefined ? {} : { approvals }),
    start,
    reader,
    approvers: approversOfAll(desk, members),
    ...(rights !== undefined && mayBreakGlass(rights) && glassHelps
      ? {
          breakGlass: await button(desk, audience, {
            kind: 'break-glass-batch',
            batchId: batch.id,
            listed: plansHash(members),
          }),
        }
      : {}),
  });
};

/** Of one person who sees the card; undefined: several do. */
const rightsFor = async (
  desk: Desk,
  members: readonly Change[],
  { personId }: Audience,
): Promise<MemberRights[] | undefined> =>
  personId === undefined ? undefined : rightsInBatch(desk, members, personId);

const mayBreakGlass = (members: readonly MemberRights[]): boolean =>
  members.length > 0 && members.every(({ rights }) => rights.breakGlass.may);

const readerOf = async (
  desk: Desk,
  batch: Batch,
  members: readonly Change[],
  audience: Audience,
  rights: readonly MemberRights[] | undefined,
): Promise<BatchReader> => {
  const { id: batchId } = batch;
  const mayApprove = rights === undefined ? audience.reader === 'approver' : mayApproveAll(rights);
  if (mayApprove) {
    return {
      kind: 'approver',
      approve: await button(desk, audience, { kind: 'approve-batch', batchId, listed: plansHash(members) }),
      decline: await button(desk, audience, { kind: 'decline-batch', batchId }),
    };
  }
  if (rights === undefined) {
    return { kind: 'everybody', review: await button(desk, audience, { kind: 'review-batch', batchId }) };
  }
  const hasVoted = rights.some(({ change, rights: of }) => {
    const permission = of.approve(change);
    return !permission.may && permission.rule === 'already-approved';
  });
  if (hasVoted) return { kind: 'voted' };
  return batch.requester.aadObjectId.toLowerCase() === audience.personId?.toLowerCase()
    ? { kind: 'requester', withdraw: await button(desk, audience, { kind: 'decline-batch', batchId }) }
    : { kind: 'reader' };
};

/** When the first of them starts, once all are approved; one that takes no approval now speaks for all. */
const startOf = (policies: readonly Policy[], now: Date): StartView => {
  const starts = policies.map((policy) => startViewOf(policy, now));
  return (
    starts.find(({ kind }) => kind === 'not-before') ??
    starts.find(({ kind }) => kind === 'in-window') ?? { kind: 'at-once' }
  );
};

/** The change that needs the most approvals yet: all wait for it. */
const mostMissing = (members: readonly [Change, ...Change[]]): Change =>
  members.reduce((one, other) => (missing(other) > missing(one) ? other : one));

const missing = (change: Change): number => (change.policy?.approvals ?? 1) - consentOf(change).length;

/** Who may still approve every one of them. */
const approversOfAll = (desk: Desk, members: readonly Change[]): string[] => {
  const lists = members.map((change) => {
    const policy = serverNamed(desk, change.server)?.policy;
    return policy === undefined ? [] : othersIn(policy, change);
  });
  const [first = [], ...others] = lists;
  return namesOf(
    first.filter(({ kind, id }) =>
      others.every((list) => list.some((other) => other.kind === kind && other.id === id)),
    ),
  );
};

const progress = async (desk: Desk, batch: Batch, audience: Audience): Promise<Card> => {
  const { id: batchId, members } = batch;
  const isEnded = !members.some(({ state }) => isOpen(state));
  const waiting = members.filter(({ state }) => state === 'queued');
  const waitsFor = await waitsForOf(desk, members);
  const rights = await rightsFor(desk, waiting, audience);
  const mayWithdraw =
    waiting.length > 0 &&
    (rights === undefined
      ? audience.reader !== 'reader'
      : rights.every(({ change, rights: of }) => of.withdraw(change).may));
  const startedAt = earliest(members.flatMap((change) => change.startedAt ?? []));
  const last = latest(members.map(({ endedAt }) => endedAt));
  return batchProgressCard({
    view: viewOf(desk, audience.zone),
    rows: batchRowsOf(members),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(isEnded ? { endedAt: last ?? desk.now() } : {}),
    people: peopleOf(members.find((change) => consentOf(change).length > 0) ?? firstOf(members)),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    showState: await button(desk, audience, { kind: 'show-batch', batchId }),
    ...(mayWithdraw ? { withdraw: await button(desk, audience, { kind: 'decline-batch', batchId }) } : {}),
    ...(waitsFor?.kind === 'window' && rights !== undefined && mayBreakGlass(rights)
      ? {
          breakGlass: await button(desk, audience, {
            kind: 'break-glass-batch',
            batchId,
            listed: plansHash(waiting),
          }),
        }
      : {}),
    ...(isEnded && members.some(isRetried)
      ? { retry: await button(desk, audience, { kind: 'retry-batch', batchId }) }
      : {}),
  });
};

/** What all of them wait for, while none has started. */
const waitsForOf = async (
  desk: Desk,
  members: readonly Change[],
): Promise<BatchProgressCardData['waitsFor']> => {
  const queued = members.filter(({ state }) => state === 'queued');
  if (
    queued.length === 0 ||
    members.some(({ startedAt, state }) => startedAt !== undefined || state === 'approved')
  ) {
    return undefined;
  }
  const now = desk.now();
  const next = queued
    .filter(({ startAfter }) => startAfter !== undefined && startAfter > now)
    .toSorted((one, other) => (one.startAfter?.getTime() ?? 0) - (other.startAfter?.getTime() ?? 0));
  const [first] = next;
  if (first?.startAfter !== undefined && next.length === queued.length) {
    const zone = first.policy === undefined ? 'UTC' : zoneOf(first.policy);
    return { kind: 'window', window: { from: first.startAfter, to: first.expiresAt, zone } };
  }
  const freeze = freezeViewOf(await desk.freezeState());
  return freeze === undefined ? undefined : { kind: 'thaw', freeze };
};

const earliest = (times: readonly Date[]): Date | undefined =>
  times.toSorted((one, other) => one.getTime() - other.getTime())[0];

const latest = (times: readonly (Date | undefined)[]): Date | undefined =>
  times
    .flatMap((time) => time ?? [])
    .toSorted((one, other) => one.getTime() - other.getTime())
    .at(-1);

const firstOf = (members: readonly Change[]): Change => {
  const [first] = members;
  if (first === undefined) throw new Error('showing a batch: it has no changes');
  return first;
};
