import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A button that says what one in the same conversation says has the same token; old ones are forgotten. */
export const tokenLookup: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createIndex('tokens_by_action')
      .on('tokens')
      .columns(['conversationId', 'actionJson'])
      .execute();
    await db.schema.createIndex('tokens_by_age').on('tokens').column('createdAt').execute();
  },
};
