import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Change } from '../changes/change.ts';
import type { PostedCard } from '../changes/place.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

const placeKind = z.enum(['personal', 'group', 'channel']);
const reader = z.enum(['approver', 'requester', 'reader', 'everybody', 'announced']);

/** For whom a card was made; it decides which buttons it has. `announced`: a short one, for all who are told of changes there. */
export type Reader = z.infer<typeof reader>;

/** A card that shows a change, where it stands and for whom. */
export interface ShownCard {
  readonly posted: PostedCard;
  readonly reader: Reader;
  /** IANA name of the zone its times are in. */
  readonly zone: string;
  /** Object id of the one person who sees it, in a personal chat; undefined: several do. */
  readonly personId: string | undefined;
  /** It shows this batch as a whole, and is kept with the first of its changes. */
  readonly batchId?: string;
}

/**
 * Remembers that a message shows a change from now on. `shownVersion`: the version that it shows already; without one it is
 * replaced at the next turn. Whoever is replacing the message at this moment loses the right to it.
 */
export const rememberCard = async (
  database: Database,
  changeId: string,
  shown: ShownCard,
  shownVersion = -1,
): Promise<void> => {
  const { where, messageId } = shown.posted;
  const row = {
    changeId,
    address: where.address,
    placeKind: where.kind,
    reader: shown.reader,
    zone: shown.zone,
    personId: shown.personId ?? null,
    batchId: shown.batchId ?? null,
    shownVersion,
    shownBy: null,
    shownUntil: null,
    failures: 0,
    notBefore: null,
  };
  await database
    .insertInto('posted')
    .values({ ...row, conversationId: where.conversationId, messageId })
    .onConflict((conflict) => conflict.columns(['conversationId', 'messageId']).doUpdateSet(row))
    .execute();
};

/** The message shows something else now: a later step of that change must not overwrite it. */
export const forgetCard = async (database: Database, posted: PostedCard): Promise<void> => {
  await database
    .deleteFrom('posted')
    .where('conversationId', '=', posted.where.conversationId)
    .where('messageId', '=', posted.messageId)
    .execute();
};

/** Whether people of that chat have a card of the change that was not posted to announce it, or one of its batch. */
export const hasOwnCard = async (
  database: Database,
  conversationId: string,
  { id, batch }: Pick<Change, 'id' | 'batch'>,
): Promise<boolean> => {
  const row = await database
    .selectFrom('posted')
    .select('messageId')
    .where('conversationId', '=', conversationId)
    .where('reader', '<>', 'announced')
    .where((where) =>
      where.or([
        where('changeId', '=', id),
        ...(batch === undefined ? [] : [where('batchId', '=', batch.id)]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
};

/** All cards that show a change. */
export const cardsOf = async (database: Database, changeId: string): Promise<ShownCard[]> => {
  const rows = await database.selectFrom('posted').selectAll().where('changeId', '=', changeId).execute();
  return rows.map(shownCardOf);
};

/** What a row says of its card. */
export const shownCardOf = (row: Selectable<Schema['posted']>): ShownCard => ({
  posted: {
    where: {
      conversationId: row.conversationId,
      kind: placeKind.parse(row.placeKind),
      address: row.address,
    },
    messageId: row.messageId,
  },
  reader: reader.parse(row.reader),
  zone: row.zone,
  personId: row.personId ?? undefined,
  ...(row.batchId === null ? {} : { batchId: row.batchId }),
});
