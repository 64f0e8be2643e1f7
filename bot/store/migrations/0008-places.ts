import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where the bot is installed, which chats are told of changes, and which of these told of what. */
export const places: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('installations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('arrivedAt', 'text', (column) => column.notNull())
      .addColumn('removedAt', 'text')
      .execute();
    await db.schema
      .createTable('notified')
      .addColumn('conversationId', 'text', (column) => column.primaryKey())
      .addColumn('installation', 'text', (column) => column.notNull())
      .addColumn('placeKind', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('personId', 'text', (column) => column.notNull())
      .addColumn('personName', 'text', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('announcements')
      .addColumn('conversationId', 'text', (column) => column.notNull())
      .addColumn('changeId', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('announcements_key', ['conversationId', 'changeId', 'event'])
      .execute();
  },
};
