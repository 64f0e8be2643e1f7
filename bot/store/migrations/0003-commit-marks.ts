import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The mark of the last transaction of each writer to PostgreSQL: it tells a COMMIT whose answer was lost from one that was. */
export const commitMarks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('commitMarks')
      .addColumn('writer', 'text', (column) => column.primaryKey())
      .addColumn('mark', 'integer', (column) => column.notNull())
      // Seconds since 1970 by the clock of the database.
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
