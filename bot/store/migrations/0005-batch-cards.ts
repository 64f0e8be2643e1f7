import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Cards that show a batch as a whole. */
export const batchCards: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('posted').addColumn('batchId', 'text').execute();
    await db.schema.createIndex('changes_of_batch').on('changes').column('batchId').execute();
  },
};
