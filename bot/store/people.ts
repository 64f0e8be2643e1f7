import type { Place } from '../changes/place.ts';
import type { Database } from './open-database.ts';

/** Milliseconds. Every message and press comes by here, and writing is what a store has least room for. */
const freshFor = 60 * 60_000;

/** Remembers the personal chat of a person, so that they can be told of a plan that waits for them. */
export const rememberPerson = async (
  database: Database,
  personId: string,
  where: Place,
  zone: string,
  now: Date,
): Promise<void> => {
  const known = await database
    .selectFrom('people')
    .select(['conversationId', 'zone', 'seenAt'])
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (
    known?.conversationId === where.conversationId &&
    known.zone === zone &&
    now.getTime() - Date.parse(known.seenAt) < freshFor
  ) {
    return;
  }
  const row = {
    conversationId: where.conversationId,
    address: where.address,
    zone,
    seenAt: now.toISOString(),
  };
  await database
    .insertInto('people')
    .values({ personId, ...row })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
    .execute();
};

/** Where a person can be told something. */
export interface PersonalChat {
  /** Object id, lower case. */
  readonly personId: string;
  readonly where: Place;
  readonly zone: string;
}

/** The personal chats of everybody who ever wrote to the bot. */
export const personalChats = async (database: Database): Promise<PersonalChat[]> => {
  const rows = await database.selectFrom('people').selectAll().execute();
  return rows.map(({ personId, conversationId, address, zone }) => ({
    personId,
    where: { conversationId, kind: 'personal', address },
    zone,
  }));
};
