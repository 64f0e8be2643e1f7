import type { Database } from './open-database.ts';

/** A replica that was not heard of for so long, milliseconds, sends no more. */
const heardFor = 20_000;

/** Says that this replica may send to chats from now on, and forgets those that were not heard of. */
export const beSender = async (database: Database, name: string, now: Date): Promise<void> => {
  const row = { seenAt: now.toISOString() };
  await database
    .insertInto('senders')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
  const silent = new Date(now.getTime() - 10 * heardFor).toISOString();
  await database.deleteFrom('senders').where('seenAt', '<', silent).execute();
};

/** This replica sends no more. */
export const beNoSender = async (database: Database, name: string): Promise<void> => {
  await database.deleteFrom('senders').where('name', '=', name).execute();
};

/** How many replicas may send to chats at this moment; at least one. */
export const countSenders = async (database: Database, now: Date): Promise<number> => {
  const since = new Date(now.getTime() - heardFor).toISOString();
  const { senders } = await database
    .selectFrom('senders')
    .select(({ fn }) => fn.countAll().as('senders'))
    .where('seenAt', '>=', since)
    .executeTakeFirstOrThrow();
  return Math.max(1, Number(senders));
};
