import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Several replicas: cards that are tried again, and reads that one replica does for another. */
export const replicas: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const posted = db.schema.alterTable('posted');
    await posted.addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0)).execute();
    await posted.addColumn('notBefore', 'text').execute();
    // What has ended was shown by the version before this one: a chat is not flooded with cards of last year.
    await sql`update posted set "shownVersion" = (select version from changes where id = "changeId")
      where "changeId" in (select id from changes where "endedAt" is not null)`.execute(db);
    await db.schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('server', 'text', (column) => column.notNull())
      .addColumn('requestJson', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('deadline', 'text', (column) => column.notNull())
      .addColumn('owner', 'text')
      .addColumn('leaseUntil', 'text')
      .addColumn('resultJson', 'text')
      .execute();
  },
};
