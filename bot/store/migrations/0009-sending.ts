import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which chats take nothing any more, and which replicas send to the others. */
export const sending: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('closedChats')
      .addColumn('conversationId', 'text', (column) => column.primaryKey())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('senders')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('seenAt', 'text', (column) => column.notNull())
      .execute();
  },
};
