import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unzipSync } from 'fflate';
import { exitCodes } from '../../../bot/cli/exit-codes.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { folderWith } from '../config-folder.ts';
import { runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const appId = '8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa';
const developer = {
  name: 'Contoso IT',
  websiteUrl: 'https://contoso.example/',
  privacyUrl: 'https://contoso.example/privacy',
  termsOfUseUrl: 'https://contoso.example/terms',
};
const complete = { bot: { appId: appId.toUpperCase() }, developer };
const { version } = packageJson;

/** The command in a folder with this configuration and these files. */
const packIn = async (
  t: TestContext,
  config: object,
  args: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': JSON.stringify(config), ...files });
  const out = join(folder, 'app.zip');
  const result = await runHere([
    'manifest',
    '--out',
    out,
    '--config',
    join(folder, 'wsus-bot.yaml'),
    ...args,
  ]);
  return { ...result, folder, out };
};

test('manifest writes the package in a process of its own, without any secret being there', async (t) => {
  const secrets = { account: { user: 'x', passwordFile: 'not-there' }, servers: [{ name: 'a' }] };
  const cwd = folderWith(t, { 'wsus-bot.yaml': JSON.stringify({ ...complete, ...secrets }) });
  const { code, stdout, stderr } = await runCli(['manifest', '--out', 'app.zip', '--json'], { cwd });
  assert.equal(code, exitCodes.fine, stderr);
  const bytes = readFileSync(join(cwd, 'app.zip'));
  assert.deepEqual(JSON.parse(stdout), { file: 'app.zip', bytes: bytes.length, id: appId, version });
  const manifest = JSON.parse(new TextDecoder().decode(unzipSync(bytes)['manifest.json']));
  assert.deepEqual([manifest.id, manifest.version, manifest.developer], [appId, version, developer]);
});

test('manifest says what it wrote and what comes next', async (t) => {
  const { code, stdout, out } = await packIn(t, complete);
  assert.equal(code, exitCodes.fine);
  const [wrote, next] = stdout.split('\n');
  assert.equal(
    wrote,
    `✓ ${out}: version ${version}, app ${appId}, by Contoso IT, ${readFileSync(out).length} bytes`,
  );
  assert.match(next ?? '', /^ {2}Next: upload it in Teams/);
});

test('manifest names everything that is missing, where to put it, and writes nothing', async (t) => {
  const { code, stderr, out } = await packIn(t, {});
  assert.equal(code, exitCodes.configuration);
  assert.match(stderr, /packing the Teams app: something that is needed is missing \(config\.incomplete\)/);
  assert.match(stderr, /^ {2}bot\.appId: .*, in wsus-bot\.yaml$/m);
  assert.match(stderr, /^ {2}developer: name, websiteUrl, .*, in wsus-bot\.yaml$/m);
  assert.match(stderr, /Next: Add what the list names/);
  assert.equal(existsSync(out), false);
});

for (const [what, config, missing] of [
  [
    'the id of the example',
    { bot: { appId: '00000000-0000-0000-0000-000000000000' }, developer },
    ['bot.appId'],
  ],
  ['no publisher', { bot: { appId } }, ['developer']],
] as const) {
  test(`manifest is not content with ${what}`, async (t) => {
    const { code, stdout } = await packIn(t, config, ['--json']);
    assert.equal(code, exitCodes.configuration);
    const { error } = JSON.parse(stdout);
    assert.deepEqual(
      error.problems.map(({ text }: { text: string }) => text.split(':')[0]),
      missing,
    );
  });
}

test('manifest leaves a file that is there as it is, and says how to replace it', async (t) => {
  const { code, stderr, out } = await packIn(t, complete, [], { 'app.zip': 'of somebody' });
  assert.equal(code, exitCodes.fileNotUsable);
  assert.match(stderr, /a file of that name is there already \(cli\.file-exists\)/);
  assert.match(stderr, /Next: .*--force/);
  assert.equal(readFileSync(out, 'utf8'), 'of somebody');
});

test('manifest --force replaces it', async (t) => {
  const { code, out } = await packIn(t, complete, ['--force'], { 'app.zip': 'x'.repeat(100_000) });
  assert.equal(code, exitCodes.fine);
  assert.ok('manifest.json' in unzipSync(readFileSync(out)));
});

test('manifest into a folder that is not there says so', async (t) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': JSON.stringify(complete) });
  const out = join(folder, 'no', 'app.zip');
  const { code, stderr } = await runHere([
    'manifest',
    '--out',
    out,
    '--config',
    join(folder, 'wsus-bot.yaml'),
  ]);
  assert.equal(code, exitCodes.fileNotUsable);
  assert.match(stderr, /writing .*no\/app\.zip: there is no such file \(cli\.file-not-writable\)/);
});
