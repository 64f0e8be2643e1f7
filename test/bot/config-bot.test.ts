import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { missingOfBot } from '../../bot/missing-for-serve.ts';
import { rsaCertificate } from '../kit/rsa-certificate.ts';
import { folderWith } from './config-folder.ts';

const id = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const certificate = rsaCertificate(400);
const bot = (lines: string) => `tenant: ${id}\nbot:\n  appId: ${id}\n${lines}`;
const withKey = (thumbprint: string) =>
  bot(`  certificate:\n    thumbprint: "${thumbprint}"\n    keyFile: key.pem\n`);

interface Given {
  readonly key?: string;
  readonly mode?: number;
  readonly env?: Record<string, string>;
}

const load = (t: TestContext, yaml: string, { key, mode = 0o600, env = {} }: Given = {}) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': yaml, ...(key === undefined ? {} : { 'key.pem': key }) });
  if (key !== undefined) chmodSync(join(folder, 'key.pem'), mode);
  return loadConfig(join(folder, 'wsus-bot.yaml'), env);
};

const problems = (t: TestContext, yaml: string, given?: Given): string[] => {
  try {
    load(t, yaml, given);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.map(({ line = '-', text }) => `${line} ${text}`);
  }
  assert.fail('the configuration was accepted');
};

test('the cloud is the public one unless it is named, and a wrong name is answered with the right ones', (t) => {
  assert.equal(load(t, `tenant: ${id}`).cloud, 'Public');
  assert.equal(load(t, 'cloud: 21Vianet').cloud, '21Vianet');
  assert.deepEqual(problems(t, 'cloud: Gov'), ['1 cloud is "Gov"; expected: Public, GCCHigh, DoD, 21Vianet']);
});

describe('a certificate', () => {
  for (const [what, thumbprint] of [
    ['SHA-1', certificate.sha1],
    ['SHA-256', certificate.sha256],
  ] as const) {
    test(`is named by its ${what} thumbprint and stands in for the secret`, (t) => {
      const config = load(t, withKey(thumbprint), { key: certificate.key + certificate.cert });
      assert.equal(config.bot.certificate?.thumbprint, thumbprint.toLowerCase());
      assert.equal(config.bot.certificate?.key.asymmetricKeyType, 'rsa');
      assert.ok((config.bot.certificate?.validUntil?.getTime() ?? 0) > Date.now());
      assert.deepEqual(missingOfBot(config), []);
    });
  }

  test('need not stand beside its key', (t) => {
    const config = load(t, withKey(certificate.sha1), { key: certificate.key });
    assert.equal(config.bot.certificate?.validUntil, undefined);
  });

  for (const mode of [0o640, 0o604, 0o660, 0o644]) {
    test(`whose key has the mode ${mode.toString(8)} is refused: others may read it`, (t) => {
      assert.deepEqual(problems(t, withKey(certificate.sha1), { key: certificate.key, mode }), [
        '6 the file "key.pem" may be read by others than its owner; take the rights from them (chmod 600)',
      ]);
    });
  }

  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pem = (key: typeof ec, cipher = {}) =>
    key.export({ type: 'pkcs8', format: 'pem', ...cipher } as { type: 'pkcs8'; format: 'pem' }).toString();
  for (const [what, key, words] of [
    ['of no file', undefined, /cannot be read: there is no such file$/],
    ['of a file without a key', certificate.cert, /holds no private key without a passphrase/],
    [
      'of a key with a passphrase',
      pem(stranger, { cipher: 'aes-256-cbc', passphrase: 'swordfish' }),
      /without a passphrase/,
    ],
    ['of an elliptic key', pem(ec), /another key than RSA/],
    ['of a short key', pem(short), /at least 2048 bits/],
    ['of the key of another', pem(stranger) + certificate.cert, /a certificate of another key$/],
    ['of a file without end', 'x'.repeat(70_000), /longer than 65536 bytes$/],
  ] as const) {
    test(`${what} is refused, and nothing of the file is quoted`, (t) => {
      const [problem = '', ...more] = problems(
        t,
        withKey(certificate.sha1),
        key === undefined ? {} : { key },
      );
      assert.deepEqual(more, []);
      assert.match(problem, /^6 the file "key\.pem" /);
      assert.match(problem, words);
      assert.doesNotMatch(problem, /BEGIN|swordfish/);
    });
  }

  test('with another thumbprint is refused', (t) => {
    const key = certificate.key + certificate.cert;
    assert.match(problems(t, withKey('ab'.repeat(20)), { key })[0] ?? '', /with another thumbprint$/);
  });

  for (const thumbprint of ['ab', 'ab'.repeat(21), 'xy'.repeat(20), 'ab:'.repeat(20)]) {
    test(`with the thumbprint ${thumbprint} is refused before its key is read`, (t) => {
      assert.match(problems(t, withKey(thumbprint))[0] ?? '', /expected: a thumbprint in quotes/);
    });
  }
});

describe('what does not go together is refused with the name of the setting:', () => {
  const env = { WSUS_BOT_APP_PASSWORD: 'swordfish' };
  for (const [what, yaml, given, expected] of [
    [
      'a secret beside a certificate',
      withKey(certificate.sha1),
      { key: certificate.key, env },
      ['5 bot.certificate and WSUS_BOT_APP_PASSWORD are both set; one of them is expected'],
    ],
    [
      'a certificate of a managed identity',
      `${withKey(certificate.sha1)}  type: UserAssignedMsi\n`,
      { key: certificate.key },
      [
        '5 bot.certificate is set, but a managed identity (bot.type UserAssignedMsi) has no certificate; take it out, or change bot.type',
      ],
    ],
    [
      'a secret of a managed identity',
      bot('  type: UserAssignedMsi\n'),
      { env },
      ['- WSUS_BOT_APP_PASSWORD is set, but a managed identity (bot.type UserAssignedMsi) has no password'],
    ],
    [
      'other tenants of a registration for one',
      bot(`  otherTenants: [${other}]\n`),
      {},
      [
        '4 bot.otherTenants is set, but a registration of type SingleTenant works in its own tenant alone; take it out, or change bot.type',
      ],
    ],
  ] as const) {
    test(what, (t) => assert.deepEqual(problems(t, yaml, given), expected));
  }
});

test('a registration for several tenants names them', (t) => {
  const config = load(t, bot(`  type: MultiTenant\n  otherTenants: [${other.toUpperCase()}]\n`));
  assert.deepEqual(config.bot.otherTenants, [other]);
});
