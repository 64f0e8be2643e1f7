import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { folderWith } from './config-folder.ts';

const load = (
  t: TestContext,
  store: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': `store: ${JSON.stringify(store)}\n`, ...files });
  return { folder, store: loadConfig(join(folder, 'wsus-bot.yaml'), env).store };
};

const problemsOf = (...args: Parameters<typeof load>): string[] => {
  try {
    load(...args);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
  }
  assert.fail('the configuration was accepted');
};

const verified = { mode: 'verify-full', authorities: undefined } as const;
const base = { kind: 'postgres', user: 'bot', database: 'wsus', password: undefined } as const;

describe('an address of PostgreSQL', () => {
  for (const [address, expected] of [
    [
      'postgres://bot@db.contoso.example/wsus',
      { ...base, host: 'db.contoso.example', port: 5432, tls: verified },
    ],
    ['postgresql://bot@db:6432/wsus?sslmode=verify-full', { ...base, host: 'db', port: 6432, tls: verified }],
    [
      'postgres://bot@db/wsus?sslmode=verify-ca',
      { ...base, host: 'db', port: 5432, tls: { mode: 'verify-ca', authorities: undefined } },
    ],
    ['postgres://bot@localhost/wsus', { ...base, host: 'localhost', port: 5432, tls: 'off' }],
    ['postgres://bot@127.0.0.1/wsus?sslmode=disable', { ...base, host: '127.0.0.1', port: 5432, tls: 'off' }],
    ['postgres://bot@[::1]:5433/wsus', { ...base, host: '::1', port: 5433, tls: 'off' }],
    [
      'postgres://b%40t@[2001:db8::1]/w%20s',
      { ...base, user: 'b@t', database: 'w s', host: '2001:db8::1', port: 5432, tls: verified },
    ],
    [
      'postgres:///wsus?host=/run/postgresql&user=bot',
      { ...base, host: '/run/postgresql', port: 5432, tls: 'off' },
    ],
  ] as const) {
    test(`${address} is taken apart`, (t) => {
      assert.deepEqual(load(t, address).store, expected);
    });
  }

  test('takes the authorities from a file beside wsus-bot.yaml', (t) => {
    const pem = '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n';
    const { store } = load(t, 'postgres://bot@db/wsus?sslrootcert=ca.pem', {}, { 'ca.pem': pem });
    assert.deepEqual(store.kind === 'postgres' && store.tls, { mode: 'verify-full', authorities: pem });
  });

  test('takes its password from the environment, where nothing shows it', (t) => {
    const { store } = load(t, 'postgres://bot@db/wsus', { WSUS_BOT_STORE_PASSWORD: 'swordfish' });
    assert.equal(store.kind === 'postgres' && store.password?.reveal(), 'swordfish');
    assert.doesNotMatch(`${inspect(store)} ${JSON.stringify(store)}`, /swordfish/);
  });
});

describe('a store that cannot be used is answered with its line, and never quoted', () => {
  const noPassword =
    'store holds a password: no secret is taken from this file, since files are copied and shared; set WSUS_BOT_STORE_PASSWORD or WSUS_BOT_STORE_PASSWORD_FILE in the environment';
  const shape = 'expected: postgres://user@host:port/database';
  for (const [address, text] of [
    ['postgres://bot:swordfish@db/wsus', noPassword],
    ['postgres://bot@db/wsus?password=swordfish', noPassword],
    ['postgres://bot@db/wsus?sslpassword=swordfish', noPassword],
    ['postgres://bot:swordfish@db', noPassword],
    ['postgres://bot:swordfish@db:99999/wsus', `store is not an address of PostgreSQL; ${shape}`],
    ['postgres://bot@db', `store is not an address of PostgreSQL; ${shape}`],
    ['postgres://db/wsus', `store is not an address of PostgreSQL; ${shape}`],
    ['postgres://bot@db/wsus/swordfish', `store is not an address of PostgreSQL; ${shape}`],
    ['postgres://bot@db/wsus?host=/run', `store is not an address of PostgreSQL; ${shape}`],
    [
      'mysql://bot:swordfish@db/wsus',
      'store names a database that is not known; expected: the path of a file, or postgres://user@host:port/database',
    ],
    [
      'postgres://bot@db/wsus?target_session_attrs=swordfish',
      'store has an option that is not known; known: sslmode, sslrootcert, host, port, user',
    ],
    [
      'postgres://bot@db/wsus?sslmode=disable',
      'store has sslmode=disable, which is for a server on this machine alone; expected: verify-full',
    ],
    [
      'postgres://bot@db/wsus?sslmode=require',
      'store has an sslmode that does not check who answers; expected: verify-full, verify-ca, or disable for a server on this machine',
    ],
    [
      'postgres://bot@db/wsus?sslrootcert=swordfish.pem',
      'store names an sslrootcert that cannot be read: there is no such file',
    ],
    [
      'postgres://bot@db/wsus?sslrootcert=wsus-bot.yaml',
      'store names an sslrootcert that holds no certificate in PEM',
    ],
    ['', 'store is not a path; expected: the path of a file, or postgres://user@host:port/database'],
    [
      'a\nswordfish',
      'store is not a path; expected: the path of a file, or postgres://user@host:port/database',
    ],
  ] as const) {
    test(JSON.stringify(address), (t) => {
      const problems = problemsOf(t, address);
      assert.deepEqual(problems, [`1:8 ${text}`]);
    });
  }

  test('a password that is named twice is refused', (t) => {
    const env = { WSUS_BOT_STORE_PASSWORD: 'swordfish', WSUS_BOT_STORE_PASSWORD_FILE: '/x' };
    assert.deepEqual(problemsOf(t, 'postgres://bot@db/wsus', env), [
      'undefined:undefined WSUS_BOT_STORE_PASSWORD and WSUS_BOT_STORE_PASSWORD_FILE are both set; one of them is expected',
    ]);
  });
});
