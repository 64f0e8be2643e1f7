import type { Database } from './open-database.ts';

/** Whether the chat takes nothing any more. */
export const isChatClosed = async (database: Database, conversationId: string): Promise<boolean> => {
  const row = await database
    .selectFrom('closedChats')
    .select('conversationId')
    .where('conversationId', '=', conversationId)
    .executeTakeFirst();
  return row !== undefined;
};

/** Remembers that a chat is gone, or does not let the bot in. */
export const closeChat = async (
  database: Database,
  conversationId: string,
  why: string,
  now: Date,
): Promise<void> => {
  const row = { why, at: now.toISOString() };
  await database
    .insertInto('closedChats')
    .values({ conversationId, ...row })
    .onConflict((conflict) => conflict.column('conversationId').doUpdateSet(row))
    .execute();
};

/** Somebody writes from there. Reads first: every message comes by here, and writing is what a store has least room for. */
export const reopenChat = async (database: Database, conversationId: string): Promise<void> => {
  if (!(await isChatClosed(database, conversationId))) return;
  await database.deleteFrom('closedChats').where('conversationId', '=', conversationId).execute();
};
