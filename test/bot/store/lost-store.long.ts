import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { planHash } from '../../../bot/changes/plan.ts';
import { approve as decide } from '../../../bot/store/decide.ts';
import { checkStore } from '../../../bot/store/migrate.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { openPostgres, type PostgresTimes } from '../../../bot/store/open-postgres.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import type { PostgresStore } from '../../../bot/store/store-config.ts';
import { StoreError } from '../../../bot/store/store-error.ts';
import { type PostgresCluster, startPostgresCluster } from '../../kit/postgres-cluster.ts';
import { type PostgresProxy, startPostgresProxy } from '../../kit/postgres-proxy.ts';
import { approver } from '../changes/sample-change.ts';
import { withoutPostgres } from './both-stores.ts';
import { minutes, newPlan, proposed } from './sample-store.ts';

const skip = withoutPostgres;

const quick: PostgresTimes = {
  connect: 2_000,
  statement: 2_000,
  idleInTransaction: 1_000,
  answer: 1_500,
  settle: 4_000,
};

let shared: Promise<PostgresCluster> | undefined;
const cluster = () => {
  shared ??= startPostgresCluster({ durable: true });
  return shared;
};
after(async () => (await shared)?.remove());

interface Wire {
  readonly database: Database;
  readonly proxy: PostgresProxy;
  readonly store: PostgresStore;
}

/** A store behind a wire that can be cut. */
const behindWire = async (t: TestContext, times: Partial<PostgresTimes> = {}): Promise<Wire> => {
  const made = await (await cluster()).createDatabase();
  const proxy = await startPostgresProxy(made.port);
  const store = { ...made, port: proxy.port };
  const database = await openPostgres(store, { ...quick, ...times });
  t.after(async () => {
    await database.destroy();
    await proxy.close();
  });
  return { database, proxy, store };
};

const approve = (database: Database, id: string) =>
  decide(database, id, { planHash: planHash(newPlan()), person: approver, at: minutes(1) }, { needed: 1 });

const stateOf = async (database: Database, id: string) => (await findChange(database, id))?.state;

const failsWith =
  (code: string, outcome: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof StoreError, String(error));
    assert.deepEqual([error.code, error.outcome], [code, outcome]);
    return true;
  };

for (const fate of ['answer-lost', 'answer-silent'] as const) {
  test(`a COMMIT that was done counts as done (${fate})`, { skip }, async (t) => {
    const { database, proxy } = await behindWire(t);
    const id = await proposed(database);
    proxy.fate = fate;
    assert.equal(await approve(database, id), 'approved');
    assert.equal(proxy.fate, 'passes', 'the COMMIT met its fate');
    assert.equal(await stateOf(database, id), 'approved');
  });
}

for (const fate of ['question-lost', 'question-lost-server-waits'] as const) {
  test(`a COMMIT that never arrived counts as not done (${fate})`, { skip }, async (t) => {
    const { database, proxy } = await behindWire(t);
    const id = await proposed(database);
    proxy.fate = fate;
    await assert.rejects(approve(database, id), failsWith('store.unreachable', 'not-sent'));
    assert.equal(await stateOf(database, id), 'proposed');
    assert.equal(await approve(database, id), 'approved', 'and can be done again');
  });
}

test('when nobody can tell what became of a COMMIT, that is what is said', { skip }, async (t) => {
  const { database, proxy } = await behindWire(t, { settle: 300 });
  const id = await proposed(database);
  proxy.fate = 'answer-lost';
  proxy.refuses = true;
  await assert.rejects(approve(database, id), failsWith('store.unreachable', 'unknown'));
  proxy.refuses = false;
  assert.equal(await stateOf(database, id), 'approved', 'reading shows it afterwards');
});

test('a write alone whose answer was lost is not known to be done', { skip }, async (t) => {
  const { database, proxy } = await behindWire(t);
  await checkStore(database);
  const slow = sql`insert into tokens select '', '', '', '' from pg_sleep(60)`.execute(database);
  await untilSlow(await cluster());
  proxy.cut();
  await assert.rejects(slow, failsWith('store.unreachable', 'unknown'));
});

test('a read whose answer was lost changed nothing', { skip }, async (t) => {
  const { database, proxy } = await behindWire(t);
  const slow = sql`select pg_sleep(60)`.execute(database);
  await untilSlow(await cluster());
  proxy.cut();
  await assert.rejects(slow, failsWith('store.unreachable', 'not-sent'));
});

test('connections that died unseen are replaced, and the call succeeds', { skip }, async (t) => {
  const { database, proxy } = await behindWire(t);
  const id = await proposed(database);
  await Promise.all(Array.from({ length: 6 }, () => stateOf(database, id)));
  const before = proxy.connections;
  proxy.cut();
  assert.equal(await approve(database, id), 'approved');
  assert.ok(proxy.connections > before);
});

test('a statement that takes too long, and a silent server, are given up', { skip }, async (t) => {
  const { database } = await behindWire(t, { statement: 300 });
  await assert.rejects(sql`select pg_sleep(60)`.execute(database), failsWith('store.busy', 'not-sent'));
  const { database: impatient } = await behindWire(t, { answer: 300 });
  await assert.rejects(
    sql`select pg_sleep(60)`.execute(impatient),
    failsWith('store.unreachable', 'not-sent'),
  );
});

test('a bot that stops in the middle of a transaction holds the others up for a moment only', {
  skip,
}, async (t) => {
  const { database, store } = await behindWire(t, { idleInTransaction: 300 });
  const other = await openPostgres(store, quick);
  t.after(() => other.destroy());
  const id = await proposed(database);
  const stopped = await database.startTransaction().execute();
  await stopped.updateTable('changes').set({ state: 'declined' }).where('id', '=', id).execute();
  assert.equal(await approve(other, id), 'approved');
  await assert.rejects(stopped.commit().execute(), StoreError);
  await assert.rejects(stopped.rollback().execute(), StoreError);
  assert.equal(await stateOf(other, id), 'approved');
});

test('a transaction that waits too long for its turn is given up, and its connection with it', {
  skip,
}, async (t) => {
  const { database, store } = await behindWire(t);
  const other = await openPostgres(store, { ...quick, statement: 200 });
  t.after(() => other.destroy());
  const id = await proposed(database);
  const long = await database.startTransaction().execute();
  await assert.rejects(approve(other, id), failsWith('store.busy', 'not-sent'));
  await long.rollback().execute();
  assert.equal(await approve(other, id), 'approved');
});

test('the first failure of a transaction is told, not its echo', { skip }, async (t) => {
  const { database } = await behindWire(t);
  await assert.rejects(
    database.transaction().execute(async (transaction) => {
      await sql`select 1 / 0`.execute(transaction).catch(() => {});
      await sql`select 1`.execute(transaction);
    }),
    /division by zero/,
  );
  await checkStore(database);
});

for (const mode of ['fast', 'immediate'] as const) {
  test(`after a restart of PostgreSQL (${mode}) the next call works and what was committed is there`, {
    skip,
  }, async (t) => {
    const server = await cluster();
    const { database } = await behindWire(t);
    const kept = await proposed(database);
    const open = await database.startTransaction().execute();
    await open.updateTable('changes').set({ state: 'declined' }).where('id', '=', kept).execute();
    await server.stop(mode);
    await assert.rejects(checkStore(database), failsWith('store.unreachable', 'not-sent'));
    await assert.rejects(open.commit().execute(), failsWith('store.unreachable', 'not-sent'));
    await assert.rejects(open.rollback().execute(), StoreError);
    await server.start();
    assert.equal(await approve(database, kept), 'approved');
    assert.equal(await stateOf(database, kept), 'approved');
  });
}

/** Until the sleeping statement of a test is at work in the server. */
const untilSlow = async (server: PostgresCluster): Promise<void> => {
  for (;;) {
    const rows = await server.query(
      `select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`,
    );
    if (rows.length > 0) return;
  }
};
