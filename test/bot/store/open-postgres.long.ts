import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { planHash } from '../../../bot/changes/plan.ts';
import { examineStore } from '../../../bot/cli/doctor/store-step.ts';
import { approve } from '../../../bot/store/decide.ts';
import { checkStore } from '../../../bot/store/migrate.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import type { PostgresStore } from '../../../bot/store/store-config.ts';
import { type PostgresCluster, startPostgresCluster } from '../../kit/postgres-cluster.ts';
import { approver } from '../changes/sample-change.ts';
import { sharedCluster, withoutPostgres } from './both-stores.ts';
import { minutes, newPlan, proposed } from './sample-store.ts';

const skip = withoutPostgres;

const newStore = async (): Promise<PostgresStore> => (await sharedCluster()).createDatabase();

test('a store that a newer version has migrated is refused, and left as it is', { skip }, async (t) => {
  const store = await newStore();
  const database = await openDatabase(store);
  t.after(() => database.destroy());
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2026-01-01T00:00:00.000Z')`.execute(
    database,
  );
  await assert.rejects(openDatabase(store), { code: 'store.newer' });
  await assert.rejects(checkStore(database), { code: 'store.newer' }, 'and a bot that runs is not ready');
});

test('what is no database, no server or no primary server is named', { skip }, async (t) => {
  const store = await newStore();
  await assert.rejects(openDatabase({ ...store, database: 'nowhere' }), { code: 'store.sign-in-refused' });
  await assert.rejects(openDatabase({ ...store, port: 1 }), { code: 'store.unreachable' });
  const database = await openDatabase(store);
  t.after(() => database.destroy());
  const { database: name } = store;
  await (await sharedCluster()).query(`alter database ${name} set default_transaction_read_only = on`);
  const reader = await openDatabase(store).catch((error: unknown) => error);
  assert.partialDeepStrictEqual({ ...(reader as object) }, { code: 'store.read-only' });
});

test('doctor says what it saw of the store, and makes nothing', { skip }, async () => {
  const store = await newStore();
  const address = `postgres://${store.user}@127.0.0.1:${store.port}/${store.database}`;
  assert.deepEqual(await examineStore(store), {
    ok: true,
    text: `the store answers: ${address}; its tables are made when the bot starts`,
  });
  const tables = await (await sharedCluster()).query(
    `select 1 from pg_tables where schemaname = 'public'`,
    store.database,
  );
  assert.deepEqual(tables, []);
  await (await openDatabase(store)).destroy();
  assert.deepEqual(await examineStore(store), { ok: true, text: `the store can be written: ${address}` });
  const { ok, text } = await examineStore({ ...store, port: 1 });
  assert.equal(ok, false);
  assert.match(
    text,
    /^opening the store postgres:.*: the store does not answer \(store\.unreachable\)\. Look at/,
  );
});

test('counts come as numbers', { skip }, async (t) => {
  const database = await openDatabase(await newStore());
  t.after(() => database.destroy());
  await proposed(database);
  const row = await database
    .selectFrom('changes')
    .select((columns) => [columns.fn.countAll().as('count'), 'number', 'holdsLock'])
    .groupBy(['number', 'holdsLock'])
    .executeTakeFirst();
  assert.deepEqual(row, { count: 1, number: 1, holdsLock: 0 });
});

test('what was answered is on the disk, whatever the server would do by itself', { skip }, async (t) => {
  const store = await newStore();
  await (await sharedCluster()).query(`alter database ${store.database} set synchronous_commit = off`);
  await (await sharedCluster()).query(
    `alter database ${store.database} set default_transaction_isolation = serializable`,
  );
  const database = await openDatabase(store);
  t.after(() => database.destroy());
  const setting = async (name: string) =>
    (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(database)).rows[0]?.value;
  assert.equal(await setting('synchronous_commit'), 'on');
  assert.equal(await setting('transaction_isolation'), 'read committed');
});

test('a dump that is restored into a new database is a store that the bot goes on with', {
  skip,
}, async (t) => {
  const store = await newStore();
  const cluster = await sharedCluster();
  const database = await openDatabase(store);
  const id = await proposed(database);
  const dump = join(cluster.folder, `${store.database}.dump`);
  await cluster.program('pg_dump', '--format=custom', `--file=${dump}`, store.database);
  await database.destroy();
  const fresh = await newStore();
  await cluster.program('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${fresh.database}`, dump);
  const restored = await openDatabase(fresh);
  t.after(() => restored.destroy());
  assert.equal((await findChange(restored, id))?.state, 'proposed');
  const decision = { planHash: planHash(newPlan()), person: approver, at: minutes(1) };
  assert.equal(await approve(restored, id, decision, { needed: 1 }), 'approved');
  const next = await proposed(restored, newPlan('wsus02'));
  assert.equal((await findChange(restored, next))?.number, 2, 'numbers go on where they were');
});

/** A server that speaks TLS with a certificate for "localhost", and asks for passwords. */
const guardedServer = async (t: TestContext): Promise<{ cluster: PostgresCluster; authority: string }> => {
  const keys = mkdtempSync(join(tmpdir(), 'wsus-bot-tls-'));
  chmodSync(keys, 0o755);
  const [key, certificate] = [join(keys, 'key.pem'), join(keys, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', key]);
  const cluster = await startPostgresCluster({
    settings: ['ssl=on', `ssl_key_file=${key}`, `ssl_cert_file=${certificate}`],
    asksPassword: true,
  });
  t.after(async () => {
    await cluster.remove();
    rmSync(keys, { recursive: true, force: true });
  });
  return { cluster, authority: readFileSync(certificate, 'utf8') };
};

test('over TLS the server must prove who it is, and the bot its password', { skip }, async (t) => {
  const { cluster, authority } = await guardedServer(t);
  const made = await cluster.createDatabase();
  await cluster.query(`create role bot login password 'swordfish'`);
  await cluster.query(`alter database ${made.database} owner to bot`);
  const store: PostgresStore = {
    ...made,
    host: 'localhost',
    user: 'bot',
    password: { reveal: () => 'swordfish' },
    tls: { mode: 'verify-full', authorities: authority },
  };
  const database = await openDatabase(store);
  const { rows } = await sql<{
    ssl: boolean;
  }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(database);
  assert.deepEqual(rows, [{ ssl: true }]);
  await database.destroy();
  const refused = async (changed: Partial<PostgresStore>, code: string) =>
    assert.rejects(openDatabase({ ...store, ...changed }), (error: Error) => {
      assert.equal((error as { code?: unknown }).code, code);
      assert.doesNotMatch(error.message, /swordfish/);
      return true;
    });
  await refused({ tls: { mode: 'verify-full', authorities: undefined } }, 'store.not-trusted');
  await refused({ host: '127.0.0.1' }, 'store.not-trusted');
  await refused({ password: { reveal: () => 'sword' } }, 'store.sign-in-refused');
  await refused({ password: undefined }, 'store.sign-in-refused');
  const byAuthority = { mode: 'verify-ca', authorities: authority } as const;
  await (await openDatabase({ ...store, host: '127.0.0.1', tls: byAuthority })).destroy();
  const plain = await newStore();
  await assert.rejects(openDatabase({ ...plain, tls: byAuthority }), { code: 'store.not-trusted' });
});
