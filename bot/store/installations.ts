import { endNotifyingIn } from './notified.ts';
import type { Database } from './open-database.ts';

/** The bot came into a team or a chat. True for one of those who say so, false for every other, until it was removed. */
export const arrive = async (database: Database, id: string, at: Date): Promise<boolean> => {
  const arrivedAt = at.toISOString();
  const arrived = await database
    .insertInto('installations')
    .values({ id, arrivedAt, removedAt: null })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ arrivedAt, removedAt: null })
        .where('installations.removedAt', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst();
  return arrived !== undefined;
};

/** The bot was taken out of it: nobody is told anything there any more. */
export const leave = (
  database: Database,
  { installation, conversationId }: { readonly installation: string; readonly conversationId: string },
  at: Date,
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const removedAt = at.toISOString();
    await transaction
      .insertInto('installations')
      .values({ id: installation, arrivedAt: removedAt, removedAt })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ removedAt }))
      .execute();
    await transaction.deleteFrom('people').where('conversationId', '=', conversationId).execute();
    await endNotifyingIn(transaction, installation, at);
  });
