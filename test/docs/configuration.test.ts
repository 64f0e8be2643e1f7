import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { exitCodes, exitCodeTexts } from '../../bot/cli/exit-codes.ts';
import { loadConfig } from '../../bot/config.ts';
import { configJsonSchema } from '../../bot/config-schema.ts';
import { missingForServe } from '../../bot/missing-for-serve.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');
const schema = JSON.parse(read('docs/wsus-bot.schema.json'));
const validate = new Ajv2020({ strict: true }).compile(schema);

test('docs/wsus-bot.schema.json is what "wsus-bot schema" prints', () => {
  assert.equal(read('docs/wsus-bot.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
});

test('the example is a valid configuration, for the program and for the schema', () => {
  const config = loadConfig(path('wsus-bot.example.yaml'), {});
  assert.deepEqual(
    config.servers.map(({ name }) => name),
    ['wsus01', 'wsus02'],
  );
  assert.ok(validate(parse(read('wsus-bot.example.yaml'))), JSON.stringify(validate.errors));
});

test('the example as it stands does not start a bot', () => {
  const missing = missingForServe(loadConfig(path('wsus-bot.example.yaml'), {}));
  assert.deepEqual(
    missing.map((text) => text.split(':')[0]),
    ['tenant', 'bot.appId', "the registration's client secret", 'the password for wsus01, wsus02'],
  );
});

test('the example names the schema for editors', () => {
  assert.match(
    read('wsus-bot.example.yaml'),
    /^# yaml-language-server: \$schema=docs\/wsus-bot\.schema\.json\n/,
  );
});

test('the schema refuses a password and an unknown key, as the program does', () => {
  for (const wrong of [{ account: { user: 'x', password: 'y' } }, { tenat: 'x' }])
    assert.equal(validate(wrong), false);
});

test('docs/configuration.md has a row for every top-level key', () => {
  const page = read('docs/configuration.md');
  for (const key of Object.keys(schema.properties))
    assert.match(page, new RegExp(`^\\| \`${key}\\b`, 'm'), key);
});

test('docs/configuration.md gives the exit codes as the help does', () => {
  const page = read('docs/configuration.md');
  for (const name of Object.keys(exitCodes) as (keyof typeof exitCodes)[]) {
    assert.ok(page.includes(`| ${exitCodes[name]} | ${exitCodeTexts[name]} |`), name);
  }
});
