import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which way back answered a change of unknown state, and when those who may approve a plan were told of it. */
export const answers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('changes').addColumn('answeredBy', 'text').execute();
    await db.schema.alterTable('changes').addColumn('toldAt', 'text').execute();
  },
};
