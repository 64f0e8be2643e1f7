import type { Card } from '../../cards/card.ts';
import { type FailedState, failedCard } from '../../cards/failed-card.ts';
import { mendingCommands } from '../../cards/mending.ts';
import { runningCard } from '../../cards/running-card.ts';
import { succeededCard } from '../../cards/succeeded-card.ts';
import { stopsBatch } from '../changes/batch.ts';
import { type Change, consentOf, decisionOf } from '../changes/change.ts';
import type { Place } from '../changes/place.ts';
import type { Reader } from '../store/posted.ts';
import { findBatch } from '../store/read-batch.ts';
import { changesOfBatch } from '../store/read-change.ts';
import type { Action } from '../store/tokens.ts';
import { cardOfBatch } from './batch-card.ts';
import { cardOfAnnounced } from './card-of-announced.ts';
import { cardOfClosed } from './card-of-closed.ts';
import { cardOfUnknown } from './card-of-unknown.ts';
import { changeViewOf, peopleOf, proofViewsOf, reasonIn, stepViewsOf } from './change-view.ts';
import { type Desk, tokenFor, viewOf } from './desk.ts';
import { openCard } from './open-card.ts';

/** Where a card of a change stands, and for whom. */
export interface Audience {
  readonly where: Place;
  readonly reader: Reader;
  readonly zone: string;
  /** Object id of the one person who sees it; undefined: several do. */
  readonly personId: string | undefined;
}

/** The card that says where a change is now. Every state has one. */
export const cardOfChange = async (desk: Desk, change: Change, audience: Audience): Promise<Card> => {
  if (audience.reader === 'announced') {
    return cardOfAnnounced(desk, change, failedState(change).kind, audience);
  }
  switch (change.state) {
    case 'proposed':
      return (await batchOfProposal(desk, change, audience)) ?? openCard(desk, change, audience);
    case 'queued':
      return openCard(desk, change, audience);
    case 'approved':
    case 'running':
      return running(desk, change, audience);
    case 'succeeded':
      return succeeded(desk, change, audience);
    case 'failed':
      return failed(desk, change, audience);
    case 'unknown':
      return cardOfUnknown(desk, change, audience);
    case 'taken-over':
      return cardOfClosed(desk, change, audience, {
        kind: 'taken-over',
        by: decisionOf(change, 'taken-over')?.person.name ?? '',
      });
    case 'declined':
      return cardOfClosed(desk, change, audience, {
        kind: decisionOf(change, 'withdrawn') === undefined ? 'declined' : 'withdrawn',
        by: (decisionOf(change, 'withdrawn') ?? decisionOf(change, 'declined'))?.person.name ?? '',
        ...(decisionOf(change, 'withdrawn') === undefined ? {} : approvedInFull(change)),
      });
    case 'expired':
      return cardOfClosed(desk, change, audience, {
        kind: 'expired',
        validMinutes: minutesValid(change),
        ...approvedInFull(change),
      });
    case 'superseded':
      return cardOfClosed(desk, change, audience, { kind: 'superseded' });
    case 'cancelled':
      return cardOfClosed(desk, change, audience, { kind: 'cancelled', ...(await stoppedAt(desk, change)) });
    case 'stale':
      return cardOfClosed(desk, change, audience, { kind: 'stale' });
  }
};

/** A plan of a batch is decided on with all of it, so it has no card of its own before that. */
const batchOfProposal = async (
  desk: Desk,
  { batch: of }: Change,
  audience: Audience,
): Promise<Card | undefined> => {
  const batch = of === undefined ? undefined : await findBatch(desk.database, of.id);
  return batch === undefined ? undefined : cardOfBatch(desk, batch, audience);
};

/** The server at which the batch of a cancelled change stopped. */
const stoppedAt = async (desk: Desk, { batch }: Change): Promise<{ after?: string }> => {
  const members = batch === undefined ? [] : await changesOfBatch(desk.database, batch.id);
  const after = members.find(({ state }) => stopsBatch(state))?.server;
  return after === undefined ? {} : { after };
};

const button = (desk: Desk, audience: Audience, action: Action) => tokenFor(desk, audience.where, action);

const running = async (desk: Desk, change: Change, audience: Audience): Promise<Card> =>
  runningCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    startedAt: change.startedAt ?? consentOf(change).at(-1)?.at ?? change.createdAt,
    steps: stepViewsOf(change),
    people: peopleOf(change),
    showState: await button(desk, audience, { kind: 'show-state', changeId: change.id }),
  });

const succeeded = async (desk: Desk, change: Change, audience: Audience): Promise<Card> => {
  if (change.result?.kind !== 'proven') throw new Error(`change ${change.id} succeeded without a proof`);
  const { proof } = change.result;
  return succeededCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    ...span(change),
    proofs: proofViewsOf(change, proof),
    people: peopleOf(change),
    steps: stepViewsOf(change),
    ...(proof.backup === null ? {} : { backup: proof.backup }),
    ...(await leftDifferent(desk, audience, proof.leftDifferent)),
    checkAgain: await button(desk, audience, { kind: 'check', server: change.server, here: false }),
    ...(change.kind === 'raise'
      ? { rollBack: await button(desk, audience, { kind: 'roll-back', changeId: change.id }) }
      : {}),
  });
};

const failed = async (desk: Desk, change: Change, audience: Audience): Promise<Card> => {
  const { result } = change;
  const state = failedState(change);
  return failedCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    ...span(change),
    steps: stepViewsOf(change),
    reason: reasonIn(change) ?? '',
    ...(result !== undefined && 'reason' in result && result.reason.remedy !== null
      ? { remedy: result.reason.remedy }
      : {}),
    state,
    ...(await leftDifferent(desk, audience, leftDifferentIn(change))),
    people: peopleOf(change),
    checkAgain: await button(desk, audience, { kind: 'check', server: change.server, here: false }),
    ...(state.kind === 'not-restarted' && change.kind !== 'roll-back'
      ? {
          planRestart: await button(desk, audience, {
            kind: 'plan-restart',
            server: change.server,
            here: false,
          }),
        }
      : {}),
    ...(result?.kind === 'not-active' && change.kind === 'raise'
      ? { rollBack: await button(desk, audience, { kind: 'roll-back', changeId: change.id }) }
      : {}),
  });
};

/** What could not be put back as it was, and the button that answers with the commands that mend it. */
const leftDifferent = async (desk: Desk, audience: Audience, sentences: readonly string[]) => {
  const command = mendingCommands(sentences);
  return {
    leftDifferent: sentences,
    ...(command === undefined
      ? {}
      : { commandAsText: await button(desk, audience, { kind: 'command', command }) }),
  };
};

const leftDifferentIn = ({ result }: Change): readonly string[] => {
  if (result?.kind === 'restored') return result.proof.leftDifferent;
  return result?.kind === 'not-active' ? (result.leftDifferent ?? []) : [];
};

const failedState = (change: Change): FailedState => {
  const { result } = change;
  const edit = change.plans[0]?.plan.edits[0];
  if (result?.kind === 'restored') {
    return { kind: 'restored', ...(edit === undefined ? {} : { limit: edit.from }), serviceAnswers: true };
  }
  if (result?.kind !== 'not-active') return { kind: 'unchanged' };
  const limit = edit === undefined ? {} : { limit: edit.to };
  return result.reason.code === 'service-silent'
    ? { kind: 'written', ...limit, serviceAnswers: false }
    : { kind: 'not-restarted', ...limit };
};

const span = (change: Change): { startedAt: Date; endedAt: Date } => {
  const startedAt = change.startedAt ?? change.createdAt;
  return { startedAt, endedAt: change.endedAt ?? startedAt };
};

/** It had all that it needed, and waited for its start. */
const approvedInFull = (change: Change): { approved?: true } => {
  const isAlone = decisionOf(change, 'broke-glass') !== undefined;
  return isAlone || consentOf(change).length >= (change.policy?.approvals ?? 1) ? { approved: true } : {};
};

const minutesValid = (change: Change): number =>
  Math.round((change.expiresAt.getTime() - change.createdAt.getTime()) / 60_000);
