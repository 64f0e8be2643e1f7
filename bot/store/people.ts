import type { Place } from '../changes/place.ts';
import type { Database } from './open-database.ts';

/** Remembers the personal chat of a person, so that they can be told of a plan that waits for them. */
export const rememberPerson = async (
  database: Database,
  personId: string,
  where: Place,
  zone: string,
  now: Date,
): Promise<void> => {
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

/** The personal chats of these people, as far as they ever wrote to the bot. */
export const personalChatsOf = async (
  database: Database,
  personIds: readonly string[],
): Promise<{ where: Place; zone: string }[]> => {
  if (personIds.length === 0) return [];
  const rows = await database
    .selectFrom('people')
    .selectAll()
    .where('personId', 'in', [...personIds])
    .execute();
  return rows.map((row) => ({
    where: { conversationId: row.conversationId, kind: 'personal', address: row.address },
    zone: row.zone,
  }));
};
