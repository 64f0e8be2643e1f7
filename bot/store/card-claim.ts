import { sql } from 'kysely';
import type { PostedCard } from '../changes/place.ts';
import type { Database } from './open-database.ts';
import { type ShownCard, shownCardOf } from './posted.ts';

/** The right to replace one message, until `until` at most. */
export interface CardClaim {
  readonly posted: PostedCard;
  /** Names this claim among all, so that an old one is told from a new one. */
  readonly claimedBy: string;
}

/** The ids of the changes that have a card which shows an older state and may be tried at this moment. */
export const changesBehind = async (database: Database, now: Date): Promise<string[]> => {
  const rows = await behind(database, now).select('posted.changeId').distinct().execute();
  return rows.map(({ changeId }) => changeId);
};

/** The cards of a change that show an older state of it and may be tried at this moment. */
export const cardsBehind = async (database: Database, changeId: string, now: Date): Promise<ShownCard[]> => {
  const rows = await behind(database, now)
    .where('posted.changeId', '=', changeId)
    .selectAll('posted')
    .execute();
  return rows.map(shownCardOf);
};

/** The version to be shown is that of the card's change, or of a batch those of its changes together. */
const isBehind = sql<boolean>`posted."shownVersion" < case when posted."batchId" is null
  then (select version from changes where id = posted."changeId")
  else (select sum(version) from changes where "batchId" = posted."batchId") end`;

const behind = (database: Database, now: Date) =>
  database
    .selectFrom('posted')
    .innerJoin('changes', 'changes.id', 'posted.changeId')
    .where(isBehind)
    .where((where) =>
      where.or([where('shownUntil', 'is', null), where('shownUntil', '<=', now.toISOString())]),
    )
    .where((where) =>
      where.or([where('notBefore', 'is', null), where('notBefore', '<=', now.toISOString())]),
    );

/**
 * Takes the right to replace a card that is behind, compare-and-set: of several processes one gets it, and hears how often in
 * a row the card could not be replaced; the others undefined.
 */
export const claimCard = async (
  database: Database,
  { posted, claimedBy }: CardClaim,
  now: Date,
  until: Date,
): Promise<{ readonly failures: number } | undefined> =>
  rowOf(database, posted)
    .set({ shownBy: claimedBy, shownUntil: until.toISOString() })
    .where(isBehind)
    .where((where) =>
      where.or([where('shownUntil', 'is', null), where('shownUntil', '<=', now.toISOString())]),
    )
    .returning('failures')
    .executeTakeFirst();

/**
 * The message shows that version now. When the claim was lost meanwhile, an older state may have come behind a newer one: then
 * the card counts as behind again. False in that case.
 */
export const cardShown = async (database: Database, claim: CardClaim, version: number): Promise<boolean> => {
  const done = await held(database, claim)
    .set({ shownVersion: version, ...released, failures: 0, notBefore: null })
    .executeTakeFirst();
  if (done.numUpdatedRows === 1n) return true;
  await rowOf(database, claim.posted).set({ shownVersion: -1 }).execute();
  return false;
};

/** The message could not be replaced, so often in a row: not again before that moment. */
export const cardFailed = async (
  database: Database,
  claim: CardClaim,
  failures: number,
  notBefore: Date,
): Promise<void> => {
  await held(database, claim)
    .set({ ...released, failures, notBefore: notBefore.toISOString() })
    .execute();
};

/** Somebody saw an old state on this message: it is replaced once more, whatever it is said to show. */
export const showAgain = async (database: Database, posted: PostedCard): Promise<void> => {
  await rowOf(database, posted).set({ shownVersion: -1, notBefore: null }).execute();
};

/** Whether the claim still stands at this moment. */
export const isClaimHeld = async (
  database: Database,
  { posted, claimedBy }: CardClaim,
  now: Date,
): Promise<boolean> => {
  const row = await database
    .selectFrom('posted')
    .select('shownUntil')
    .where('conversationId', '=', posted.where.conversationId)
    .where('messageId', '=', posted.messageId)
    .where('shownBy', '=', claimedBy)
    .executeTakeFirst();
  return row?.shownUntil != null && row.shownUntil > now.toISOString();
};

const released = { shownBy: null, shownUntil: null };

const rowOf = (database: Database, { where: { conversationId }, messageId }: PostedCard) =>
  database
    .updateTable('posted')
    .where('conversationId', '=', conversationId)
    .where('messageId', '=', messageId);

const held = (database: Database, { posted, claimedBy }: CardClaim) =>
  rowOf(database, posted).where('shownBy', '=', claimedBy);
