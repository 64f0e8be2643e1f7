import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { exitCodes } from '../../bot/cli/exit-codes.ts';
import { buildManifest, packApp } from '../../manifest/pack.ts';
import { pngSize } from '../../manifest/png.ts';
import { runCli } from '../bot/cli/run-cli.ts';
import { runHere } from '../bot/cli/run-here.ts';
import { folderWith } from '../bot/config-folder.ts';

const appId = '8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa';
const developer = {
  name: 'Contoso IT',
  websiteUrl: 'https://contoso.example/',
  privacyUrl: 'https://contoso.example/privacy',
  termsOfUseUrl: 'https://contoso.example/terms',
};

/** Microsoft's own JSON Schema of the version that the manifest names. */
function microsoftsValidator(version: string) {
  const entry = fileURLToPath(import.meta.resolve('@microsoft/app-manifest'));
  const root = entry.slice(0, entry.lastIndexOf('/app-manifest/') + '/app-manifest/'.length);
  const schema = JSON.parse(
    readFileSync(join(root, `build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`), 'utf8'),
  );
  const ajv = new draft4.default({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

for (const [what, given] of [
  ['with a publisher', developer],
  ['with the placeholder', undefined],
] as const) {
  test(`the manifest ${what} is valid against Microsoft's schema`, () => {
    const manifest = buildManifest({ appId, version: '0.1.0', developer: given });
    const validate = microsoftsValidator(String(manifest.manifestVersion));
    assert.ok(validate(manifest), JSON.stringify(validate.errors));
  });
}

test("Microsoft's schema refuses a manifest that is wrong, so the test above means something", () => {
  const manifest = buildManifest({ appId: 'no-guid', version: '0.1.0', developer });
  assert.equal(microsoftsValidator(String(manifest.manifestVersion))(manifest), false);
});

test('the app id is the id and the botId, in all three scopes with the three commands', () => {
  const manifest = buildManifest({ appId, version: '1.2.3', developer });
  const [bot] = manifest.bots;
  assert.equal(manifest.id, appId);
  assert.equal(bot.botId, appId);
  assert.equal(manifest.version, '1.2.3');
  assert.deepEqual(bot.scopes, ['personal', 'team', 'groupChat']);
  const lists = JSON.parse(JSON.stringify(bot.commandLists));
  assert.deepEqual(
    lists[0].commands.map(({ title }: { title: string }) => title),
    ['check', 'servers', 'help'],
  );
});

test('the package has manifest.json and both icons at its root, readable by another zip reader', () => {
  const files = unzipSync(packApp({ appId, version: '0.1.0', developer }));
  assert.deepEqual(Object.keys(files), ['manifest.json', 'color.png', 'outline.png']);
  const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json']));
  assert.equal(manifest.bots[0].botId, appId);
  assert.deepEqual(pngSize(files['color.png'] ?? Buffer.alloc(0)), { width: 192, height: 192 });
  assert.deepEqual(pngSize(files['outline.png'] ?? Buffer.alloc(0)), { width: 32, height: 32 });
});

test('the same input gives the same bytes', () => {
  const pack = () => packApp({ appId, version: '0.1.0', developer });
  assert.deepEqual(pack(), pack());
});

test('wsus-bot manifest writes the package without any secret being there', async (t) => {
  const yaml = `bot: {appId: ${appId}}\naccount: {user: x, passwordFile: not-there}\nservers: [{name: a}]\n`;
  const cwd = folderWith(t, { 'wsus-bot.yaml': yaml });
  const { code, stdout, stderr } = await runCli(['manifest', '--out', 'app.zip', '--json'], { cwd });
  assert.equal(code, exitCodes.fine, stderr);
  const bytes = readFileSync(join(cwd, 'app.zip'));
  assert.deepEqual(JSON.parse(stdout), { file: 'app.zip', bytes: bytes.length, id: appId, version: '0.1.0' });
  assert.ok('manifest.json' in unzipSync(bytes));
});

test('wsus-bot manifest without an application id, or into a folder that is not there, says so', async (t) => {
  const folder = folderWith(t, { 'none.yaml': 'autoCheck: true', 'some.yaml': `bot: {appId: ${appId}}` });
  const run = (config: string, out: string) =>
    runHere(['manifest', '--out', join(folder, out), '--config', join(folder, config)]);
  const none = await run('none.yaml', 'app.zip');
  assert.equal(none.code, exitCodes.configuration);
  assert.match(none.stderr, /bot\.appId is missing/);
  const nowhere = await run('some.yaml', 'no/app.zip');
  assert.equal(nowhere.code, exitCodes.fileNotUsable);
  assert.match(nowhere.stderr, /writing .*no\/app\.zip: there is no such file/);
});

test('wsus-bot manifest says when the application id is still the one of the example', async (t) => {
  const folder = folderWith(t, {
    'example.yaml': 'bot: {appId: 00000000-0000-0000-0000-000000000000}',
    'own.yaml': `bot: {appId: ${appId}}`,
  });
  const run = (config: string) =>
    runHere(['manifest', '--out', join(folder, 'app.zip'), '--config', join(folder, config)]);
  assert.match((await run('example.yaml')).stdout, /The app id is the one of the example/);
  assert.doesNotMatch((await run('own.yaml')).stdout, /the one of the example/);
});
