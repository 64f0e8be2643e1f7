import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is being read for people, so that every replica can have it stopped. */
export const reads: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('reads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('until', 'text', (column) => column.notNull())
      .addColumn('isUnwanted', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
