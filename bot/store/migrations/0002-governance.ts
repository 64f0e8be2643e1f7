import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Several approvals, queued changes, locks that outlast a run, freezes, batches, and the audit. */
export const governance: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await changesColumns(db);
    await decisionsOfSeveralPeople(db);
    await db.schema
      .createTable('freezes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('personId', 'text', (column) => column.notNull())
      .addColumn('personName', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('thawedAt', 'text')
      .addColumn('thawedById', 'text')
      .addColumn('thawedByName', 'text')
      .execute();
    await sql`create unique index one_freeze on freezes (coalesce("thawedAt", '')) where "thawedAt" is null`.execute(
      db,
    );
    await db.schema
      .createTable('batches')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('requesterId', 'text', (column) => column.notNull())
      .addColumn('requesterName', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'text', (column) => column.notNull())
      .addColumn('parallel', 'integer', (column) => column.notNull())
      .addColumn('askedJson', 'text', (column) => column.notNull())
      .execute();
    await auditTables(db);
  },
};

const changesColumns = async (db: Kysely<unknown>): Promise<void> => {
  const add = db.schema.alterTable('changes');
  await add.addColumn('holdsLock', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await add.addColumn('version', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await add.addColumn('policyJson', 'text').execute();
  await add.addColumn('sameness', 'text').execute();
  await add.addColumn('startAfter', 'text').execute();
  await add.addColumn('batchId', 'text').execute();
  await add.addColumn('batchPlace', 'integer').execute();
  await sql`update changes set "holdsLock" = 1 where state in ('approved', 'running')`.execute(db);
  await sql`drop index one_change_per_server`.execute(db);
  // One change at a time on a server, and one plan that waits, held by the database itself.
  await sql`create unique index one_lock_per_server on changes (server) where "holdsLock" = 1`.execute(db);
  await sql`create unique index one_open_plan_per_server on changes (server) where state in ('proposed', 'queued')`.execute(
    db,
  );
  const posted = db.schema.alterTable('posted');
  await posted.addColumn('shownVersion', 'integer', (column) => column.notNull().defaultTo(-1)).execute();
  await posted.addColumn('personId', 'text').execute();
  await posted.addColumn('shownBy', 'text').execute();
  await posted.addColumn('shownUntil', 'text').execute();
};

/** The key of the old table allowed one approval of a change; neither database can change a key in place. */
const decisionsOfSeveralPeople = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('newDecisions')
    .addColumn('changeId', 'text', (column) => column.notNull().references('changes.id'))
    .addColumn('planHash', 'text', (column) => column.notNull())
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('personId', 'text', (column) => column.notNull())
    .addColumn('personName', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('one_decision_of_a_person', ['changeId', 'decision', 'personId'])
    .execute();
  await sql`insert into "newDecisions" ("changeId", "planHash", decision, "personId", "personName", at)
    select "changeId", "planHash", decision, "personId", "personName", at from decisions`.execute(db);
  await db.schema.dropTable('decisions').execute();
  await db.schema.alterTable('newDecisions').renameTo('decisions').execute();
};

const auditTables = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entryJson', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('auditHead')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into "auditHead" (id, seq, hash) values (1, 0, '')`.execute(db);
  await db.schema
    .createTable('auditCursors')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
};
