import { z } from 'zod';
import type { Person } from '../changes/person.ts';
import type { Place } from '../changes/place.ts';
import { record } from './audit.ts';
import type { Database } from './open-database.ts';

/** A chat that is told of changes. */
export interface NotifiedPlace {
  readonly where: Place;
  /** The team, or the chat. */
  readonly installation: string;
  /** IANA zone of its cards. */
  readonly zone: string;
  /** Who wanted it so. */
  readonly by: Person;
  /** Nothing from before that moment is told. */
  readonly since: Date;
}

const placeKind = z.enum(['personal', 'group', 'channel']);

/** The chats that are told of changes, the first one first. */
export const notifiedPlaces = async (database: Database): Promise<NotifiedPlace[]> => {
  const rows = await database.selectFrom('notified').selectAll().orderBy('since').execute();
  return rows.map((row) => ({
    where: {
      conversationId: row.conversationId,
      kind: placeKind.parse(row.placeKind),
      address: row.address,
    },
    installation: row.installation,
    zone: row.zone,
    by: { aadObjectId: row.personId, name: row.personName },
    since: new Date(row.since),
  }));
};

const about = { server: null, changeId: null };

/** Makes a chat one that is told of changes. False when it is one already: that stays as it is. */
export const beginNotifying = (database: Database, place: NotifiedPlace): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const { where, installation, zone, by, since } = place;
    const added = await transaction
      .insertInto('notified')
      .values({
        conversationId: where.conversationId,
        installation,
        placeKind: where.kind,
        address: where.address,
        zone,
        personId: by.aadObjectId,
        personName: by.name,
        since: since.toISOString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 1n) return false;
    const detail = { place: where.kind, conversation: where.conversationId };
    await record(transaction, { kind: 'notify-on', at: since, actor: by, ...about, detail });
    return true;
  });

/** Ends it by a person's word. False when that chat is told of nothing. */
export const endNotifying = (
  database: Database,
  conversationId: string,
  by: Person,
  at: Date,
): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const ended = await transaction
      .deleteFrom('notified')
      .where('conversationId', '=', conversationId)
      .returning('placeKind')
      .executeTakeFirst();
    if (ended === undefined) return false;
    const detail = { place: ended.placeKind, conversation: conversationId };
    await record(transaction, { kind: 'notify-off', at, actor: by, ...about, detail });
    return true;
  });

/** Ends it for a chat that is gone, or for all channels of a team: the bot was taken out, or is not let in. */
export const endNotifyingIn = async (
  transaction: Database,
  installation: string,
  at: Date,
): Promise<void> => {
  const ended = await transaction
    .deleteFrom('notified')
    .where((where) =>
      where.or([where('installation', '=', installation), where('conversationId', '=', installation)]),
    )
    .returning(['conversationId', 'placeKind'])
    .execute();
  for (const { conversationId, placeKind: place } of ended) {
    const detail = { place, conversation: conversationId, because: 'gone' };
    await record(transaction, { kind: 'notify-off', at, actor: null, ...about, detail });
  }
};
