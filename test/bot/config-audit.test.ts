import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { folderWith } from './config-folder.ts';

const load = (t: TestContext, yaml: string, env: Record<string, string> = {}, files = {}) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': yaml, ...files });
  return { folder, ...loadConfig(join(folder, 'wsus-bot.yaml'), env).audit };
};

const problemsOf = (t: TestContext, yaml: string, env: Record<string, string> = {}, files = {}): string[] => {
  try {
    load(t, yaml, env, files);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ line, text }) => `${line}: ${text}`);
    throw error;
  }
  return [];
};

const webhook = (lines: string) => `audit:\n  webhook:\n    ${lines}\n`;

test('without a block the key and the heads are beside the store, and a head is signed every 10 minutes', (t) => {
  const { folder, ...audit } = load(t, '');
  assert.deepEqual(audit, {
    keyFile: join(folder, 'data', 'audit-key.pem'),
    headsFile: join(folder, 'data', 'audit-heads.jsonl'),
    headEvery: 600_000,
    webhook: undefined,
  });
});

test('the secret of the webhook comes from a file or from the environment, and shows nowhere', (t) => {
  const url = 'https://siem.example/x?y=1';
  const fromFile = load(t, webhook(`url: ${url}\n    secretFile: s`), {}, { s: '0123456789abcdef\n' });
  assert.equal(fromFile.webhook?.secret?.reveal(), '0123456789abcdef');
  const fromVariable = load(t, webhook(`url: ${url}\n    secretEnv: S`), { S: '0123456789abcdef' });
  assert.equal(fromVariable.webhook?.secret?.reveal(), '0123456789abcdef');
  assert.equal(fromVariable.webhook?.url, url);
  assert.doesNotMatch(JSON.stringify(fromVariable), /0123456789/);
  assert.equal(load(t, webhook(`url: ${url}\n    secretEnv: S`)).webhook?.secret, undefined);
});

for (const url of ['http://127.0.0.1:8080/x', 'http://[::1]/x', 'http://localhost/x'])
  test(`${url} needs no TLS`, (t) => {
    assert.deepEqual(problemsOf(t, webhook(`url: "${url}"\n    secretEnv: S`)), []);
  });

for (const url of [
  'http://siem.example/x',
  'http://127.0.0.1.example/x',
  'http://localhost.example/x',
  'ftp://127.0.0.1/x',
  'https://user:swordfish@siem.example/x',
  'https://user@siem.example/x',
  'siem.example',
])
  test(`${url} is refused, and no password in it is said again`, (t) => {
    const problems = problemsOf(t, webhook(`url: "${url}"\n    secretEnv: S`));
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^3: audit\.webhook\.url is .*; expected: an https address/);
    assert.doesNotMatch(problems[0] ?? '', /swordfish/);
  });

for (const [words, lines, env, files, expected] of [
  ['no secret', 'url: "https://a.example"', {}, {}, /secretFile or secretEnv, one of them/],
  [
    'two secrets',
    'url: "https://a.example"\n    secretEnv: S\n    secretFile: s',
    {},
    { s: 'x' },
    /secretFile or secretEnv, one of them/,
  ],
  [
    'a short secret in the environment',
    'url: "https://a.example"\n    secretEnv: S',
    { S: 'short' },
    {},
    /S is shorter than 16 characters/,
  ],
  [
    'a short secret in a file',
    'url: "https://a.example"\n    secretFile: s',
    {},
    { s: 'short' },
    /shorter than 16 characters/,
  ],
  [
    'a secret file that is not there',
    'url: "https://a.example"\n    secretFile: s',
    {},
    {},
    /the file "s" cannot be read: there is no such file/,
  ],
] as const)
  test(`a webhook with ${words} is refused`, (t) => {
    const problems = problemsOf(t, webhook(lines), { ...env }, files);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', expected);
  });
