import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { unzipSync } from 'fflate';
import { english } from '../../manifest/app-texts.ts';
import { buildManifest } from '../../manifest/build-manifest.ts';
import { localizationFile } from '../../manifest/localization-file.ts';
import { packApp } from '../../manifest/pack.ts';
import { folderWith } from '../bot/config-folder.ts';
import { objections } from './microsofts-schema.ts';
import { sampleInput } from './sample-input.ts';

const names = ['manifest.json', 'color.png', 'outline.png'];
const jsonIn = (files: Record<string, Uint8Array>, name: string) =>
  JSON.parse(new TextDecoder().decode(files[name]));
const iconBytes = (name: string) => readFileSync(new URL(`../../manifest/${name}`, import.meta.url));

describe('the package', () => {
  const files = unzipSync(packApp(sampleInput, {}));

  test('has manifest.json and both icons at its root, and nothing else', () => {
    assert.deepEqual(Object.keys(files), names);
  });

  test('holds the manifest and the icons as they are', () => {
    assert.deepEqual(jsonIn(files, 'manifest.json'), buildManifest(sampleInput, english));
    for (const name of ['color.png', 'outline.png'])
      assert.deepEqual(Buffer.from(files[name] ?? []), iconBytes(name), name);
  });

  test('holds every icon that the manifest names', () => {
    for (const name of Object.values(buildManifest(sampleInput, english).icons))
      assert.ok(name in files, name);
  });

  test('is made of its files as they are, nothing deflated: the same bytes wherever it is made', () => {
    const bytes = packApp(sampleInput, {});
    const contents = Object.entries(files).map(([name, { length }]) => length + 2 * name.length);
    const headers = names.length * (30 + 46) + 22;
    assert.equal(
      bytes.length,
      contents.reduce((sum, length) => sum + length, headers),
    );
    assert.deepEqual(packApp({ ...sampleInput }, {}), bytes);
  });
});

describe('a package with one more language', () => {
  const german = { ...english, shortName: 'WSUS-Bot' };
  const files = unzipSync(packApp(sampleInput, { de: german }));
  const manifest = jsonIn(files, 'manifest.json');

  test('has its file, and the manifest names it', () => {
    assert.deepEqual(Object.keys(files), [...names, 'de.json']);
    assert.deepEqual(manifest.localizationInfo, {
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'de', file: 'de.json' }],
    });
    assert.deepEqual(jsonIn(files, 'de.json'), localizationFile(buildManifest(sampleInput, german)));
  });

  test("is valid against Microsoft's schema", () => {
    assert.deepEqual(objections(manifest.manifestVersion, 'MicrosoftTeams')(manifest), []);
  });
});

const hasUnzip = spawnSync('unzip', ['-v']).status === 0;
describe('another reader of archives', { skip: !hasUnzip && 'unzip is not installed' }, () => {
  const archive = (t: TestContext, bytes: Uint8Array) => join(folderWith(t, { 'app.zip': bytes }), 'app.zip');

  test('finds the files, without a folder, and no fault', (t) => {
    const path = archive(t, packApp(sampleInput, {}));
    assert.deepEqual(execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).split('\n'), [...names, '']);
    assert.match(execFileSync('unzip', ['-t', path], { encoding: 'utf8' }), /No errors detected/);
  });

  test('finds the fault when one byte of a picture is another', (t) => {
    const bytes = Buffer.from(packApp(sampleInput, {}));
    const at = bytes.indexOf('IDAT') + 10;
    bytes[at] = 255 - (bytes[at] ?? 0);
    const { status, stdout } = spawnSync('unzip', ['-t', archive(t, bytes)], { encoding: 'utf8' });
    assert.notEqual(status, 0);
    assert.match(stdout, /color\.png\s+bad CRC/);
  });
});
