import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../is-postgres.ts';

/** Changes, their decisions, steps and cards; people; tokens. */
export const changes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('changes')
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('number', 'integer', (column) =>
        isPostgres(db)
          ? column.primaryKey().generatedAlwaysAsIdentity()
          : column.primaryKey().autoIncrement(),
      )
      .addColumn('server', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('plansJson', 'text', (column) => column.notNull())
      .addColumn('contextJson', 'text', (column) => column.notNull())
      .addColumn('planHash', 'text')
      .addColumn('requesterId', 'text', (column) => column.notNull())
      .addColumn('requesterName', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'text', (column) => column.notNull())
      .addColumn('expiresAt', 'text', (column) => column.notNull())
      .addColumn('owner', 'text')
      .addColumn('fence', 'integer', (column) => column.notNull())
      .addColumn('leaseUntil', 'text')
      .addColumn('startedAt', 'text')
      .addColumn('endedAt', 'text')
      .addColumn('resultJson', 'text')
      .execute();
    // One change at a time on a server, held by the database itself.
    await sql`create unique index one_change_per_server on changes (server) where state in ('approved', 'running')`.execute(
      db,
    );
    await db.schema
      .createTable('decisions')
      .addColumn('changeId', 'text', (column) => column.notNull().references('changes.id'))
      .addColumn('planHash', 'text', (column) => column.notNull())
      .addColumn('decision', 'text', (column) => column.notNull())
      .addColumn('personId', 'text', (column) => column.notNull())
      .addColumn('personName', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('one_decision_of_a_kind', ['changeId', 'decision'])
      .execute();
    await db.schema
      .createTable('steps')
      .addColumn('changeId', 'text', (column) => column.notNull().references('changes.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('startedAt', 'text', (column) => column.notNull())
      .addColumn('endedAt', 'text')
      .addColumn('detailJson', 'text')
      .addPrimaryKeyConstraint('one_row_per_step', ['changeId', 'name'])
      .execute();
    await db.schema
      .createTable('posted')
      .addColumn('conversationId', 'text', (column) => column.notNull())
      .addColumn('messageId', 'text', (column) => column.notNull())
      .addColumn('changeId', 'text', (column) => column.notNull().references('changes.id'))
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('placeKind', 'text', (column) => column.notNull())
      .addColumn('reader', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('one_card_per_message', ['conversationId', 'messageId'])
      .execute();
    await db.schema
      .createTable('people')
      .addColumn('personId', 'text', (column) => column.primaryKey())
      .addColumn('conversationId', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('seenAt', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('tokens')
      .addColumn('token', 'text', (column) => column.primaryKey())
      .addColumn('conversationId', 'text', (column) => column.notNull())
      .addColumn('actionJson', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'text', (column) => column.notNull())
      .execute();
  },
};
