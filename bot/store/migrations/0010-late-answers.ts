import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which activities have their answer, of those that Teams may deliver to several replicas. */
export const lateAnswers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('lateAnswers')
      .addColumn('activity', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
  },
};
