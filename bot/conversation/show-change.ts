import type { Change } from '../changes/change.ts';
import { isClosed } from '../sending/send-error.ts';
import {
  type CardClaim,
  cardFailed,
  cardShown,
  cardsBehind,
  claimCard,
  isClaimHeld,
} from '../store/card-claim.ts';
import { forgetCard, type ShownCard } from '../store/posted.ts';
import { findBatch, firstOfBatch } from '../store/read-batch.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfBatch } from './batch-card.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Desk } from './desk.ts';

/**
 * Brings the cards of a change that show an older state of it up to date. Of several replicas one replaces a card at a time; what
 * one of them leaves undone is found by the next look (`changesBehind`).
 */
export const showChange = async (desk: Desk, changeId: string): Promise<void> => {
  const first = await firstOfBatch(desk.database, changeId);
  // The cards of a batch are kept with the first of its changes, and move with each of them.
  if (first !== undefined && first !== changeId) desk.onMoved(first);
  const cards = await cardsBehind(desk.database, changeId, desk.now());
  // One chat that is slow or gone must not keep the others from the truth.
  await Promise.all(cards.map((card) => showCard(desk, changeId, card)));
};

/** How long a card may wait for its turn among all that is sent, and may be on its way then, milliseconds. */
const showWithin = 8_000;
const onItsWay = 15_000;
/** How long a replica has for one card: then another may try. */
const claimFor = showWithin + onItsWay;

const showCard = async (
  desk: Desk,
  changeId: string,
  { posted, batchId, ...seen }: ShownCard,
): Promise<void> => {
  const { database, now } = desk;
  const claim: CardClaim = { posted, claimedBy: desk.randomId() };
  const until = new Date(now().getTime() + claimFor);
  const claimed = await claimCard(database, claim, now(), until);
  if (claimed === undefined) return;
  const change = await findChange(database, changeId);
  if (change === undefined) return;
  const batch = batchId === undefined ? undefined : await findBatch(database, batchId);
  const audience = { where: posted.where, ...seen };
  try {
    const card = await (batch === undefined
      ? cardOfChange(desk, change, audience)
      : cardOfBatch(desk, batch, audience));
    // A process that was held up until another one had its turn would bring an older state behind a newer one.
    if (!(await isClaimHeld(database, claim, now()))) return;
    await desk.chat.replace(posted, card, { within: showWithin });
  } catch (error) {
    desk.onTrouble(`showing change ${change.number} on ${change.server}`, error);
    return notShown(desk, claim, claimed.failures + 1, isClosed(error));
  }
  await cardShown(database, claim, versionOf(batch?.members ?? [change]));
};

/** Of a batch, those of its changes together, as `bot/store/card-claim.ts` counts them. */
const versionOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, { version }) => sum + version, 0);

/** Tries until a chat is given up: of one that says it is closed, and of one that fails for about a day. */
const triesWhenClosed = 5;
const tries = 300;

const notShown = (desk: Desk, claim: CardClaim, failures: number, isClosed: boolean): Promise<void> => {
  if (failures >= (isClosed ? triesWhenClosed : tries)) return forgetCard(desk.database, claim.posted);
  return cardFailed(desk.database, claim, failures, new Date(desk.now().getTime() + restAfter(failures)));
};

/** 2 s, 4 s, 8 s, … up to 5 min, milliseconds. */
const restAfter = (failures: number): number => Math.min(2_000 * 2 ** (failures - 1), 5 * 60_000);
