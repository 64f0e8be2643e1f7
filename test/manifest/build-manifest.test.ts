import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chatCommands } from '../../cards/chat-commands.ts';
import { type AppTexts, english } from '../../manifest/app-texts.ts';
import { buildManifest } from '../../manifest/build-manifest.ts';
import { localizationFile } from '../../manifest/localization-file.ts';
import { minorOf, objections, schemaVersions } from './microsofts-schema.ts';
import { sampleInput } from './sample-input.ts';

const manifest = buildManifest(sampleInput, english);
const version = manifest.manifestVersion;
const newest = schemaVersions.at(-1) ?? '';
const refuses = objections(version, 'MicrosoftTeams');
const [bot] = manifest.bots;
const [extension] = manifest.composeExtensions;
assert.ok(bot !== undefined && extension !== undefined);

describe("Microsoft's schema", () => {
  test('is of 1.25 or newer', () => assert.ok(minorOf(version) >= 25, version));

  for (const takesFiles of [true, false]) {
    test(`has nothing against the manifest of a bot that takes ${takesFiles ? 'files' : 'no files'}`, () => {
      assert.deepEqual(refuses(buildManifest({ ...sampleInput, takesFiles }, english)), []);
    });
  }

  test(`of the newest version, ${newest}, would have nothing against it either`, () => {
    assert.deepEqual(objections(newest, 'MicrosoftTeams')({ ...manifest, manifestVersion: newest }), []);
  });

  for (const [what, wrong] of [
    ['no GUID', { ...manifest, id: 'x' }],
    ['a name that is too long', { ...manifest, name: { ...manifest.name, short: 'x'.repeat(31) } }],
    ['a thirteenth command', withCommands(13)],
    ['a key that it does not know', { ...manifest, hello: 1 }],
  ] as const) {
    test(`refuses ${what}, so that the tests above mean something`, () => {
      assert.equal(refuses(wrong).length, 1, refuses(wrong).join());
    });
  }
});

function withCommands(count: number) {
  const commands = Array.from({ length: count }, () => ({ title: 'a', description: 'b' }));
  return { ...manifest, bots: [{ ...bot, commandLists: [{ scopes: ['team'], commands }] }] };
}

describe('the manifest', () => {
  test('has the application id as the id of the app, of its bot and of its action', () => {
    const { appId } = sampleInput;
    assert.deepEqual([manifest.id, bot.botId, extension.botId], [appId, appId, appId]);
  });

  test('names version and publisher as they were given', () => {
    assert.equal(manifest.version, sampleInput.version);
    assert.deepEqual(manifest.developer, sampleInput.developer);
  });

  test('asks for no permission, no consent, no sign-in and no web address', () => {
    const asks = ['permissions', 'devicePermissions', 'authorization', 'webApplicationInfo'];
    assert.deepEqual(
      Object.keys(manifest).filter((key) => asks.includes(key)),
      [],
    );
    assert.deepEqual(manifest.validDomains, []);
  });

  test('says that files can be sent only where they can', () => {
    assert.equal(bot.supportsFiles, true);
    const [other] = buildManifest({ ...sampleInput, takesFiles: false }, english).bots;
    assert.equal(other?.supportsFiles, false);
  });

  test('lets Diagnose be chosen on a message, where one is written, and in the search box', () => {
    assert.deepEqual(extension.commands, [
      {
        id: 'diagnose',
        type: 'action',
        context: ['message', 'compose', 'commandBox'],
        fetchTask: true,
        ...english.diagnose,
      },
    ]);
  });
});

describe('the menus of commands', () => {
  const menus = new Map(
    bot.commandLists.flatMap(({ scopes, commands }) => scopes.map((scope) => [scope, commands] as const)),
  );
  const titles = (scope: string) => menus.get(scope)?.map(({ title }) => title);

  test('are there for every place the bot can be in, one each', () => {
    assert.deepEqual([...menus.keys()].toSorted(), bot.scopes.toSorted());
    assert.equal(bot.commandLists.flatMap(({ scopes }) => scopes).length, menus.size);
  });

  test('name every command in a team and a group chat', () => {
    const all = chatCommands.map(({ name }) => name);
    assert.deepEqual(titles('team'), all);
    assert.deepEqual(titles('groupChat'), all);
  });

  test('leave out in a personal chat what is for chats of many', () => {
    assert.deepEqual(
      titles('team')?.filter((title) => !titles('personal')?.includes(title)),
      ['notify'],
    );
  });

  test('say what a command does, with a whole message where more is to be written', () => {
    const descriptions = menus.get('personal')?.map(({ title, description }) => [title, description]);
    assert.deepEqual(descriptions?.slice(0, 3), [
      ['check', 'Read one server and say what is wrong with it: check wsus01'],
      ['diagnose', 'Name the cause in log lines that you paste behind it'],
      ['servers', 'All servers and their state'],
    ]);
  });
});

/** Every string in a manifest, by the path that the file of a language names it by. */
function stringsIn(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    stringsIn(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`.replace(/^\./, '')),
  );
}

describe('the file for one more language', () => {
  const german: AppTexts = {
    shortName: 'WSUS-Bot',
    fullName: 'WSUS-Bot: Fehler 80244007',
    shortDescription: 'Findet die Ursache.',
    fullDescription: 'Findet die Ursache und behebt sie.',
    commandDoes: ({ name }) => `tut ${name}`,
    diagnose: { title: 'Diagnostizieren', description: 'Nennt die Ursache' },
  };
  const inGerman = buildManifest(sampleInput, german);
  const { $schema, ...words } = localizationFile(inGerman);
  const isValid = objections(version, 'MicrosoftTeams.Localization');

  test("is valid against Microsoft's schema, which it names", () => {
    assert.deepEqual(isValid({ $schema, ...words }), []);
    assert.match($schema ?? '', /\/v1\.\d+\/MicrosoftTeams\.Localization\.schema\.json$/);
  });

  test('would not be with a path that Teams does not know', () => {
    assert.equal(isValid({ ...words, 'bots[1].name': 'x' }).length, 1);
  });

  test('has every word of the manifest that differs between the languages, by its path, and no other', () => {
    const english = new Map(stringsIn(manifest));
    const differing = stringsIn(inGerman).filter(([path, text]) => english.get(path) !== text);
    assert.equal(differing.length, 4 + 11 + 12 + 2);
    assert.deepEqual(words, Object.fromEntries(differing));
  });

  test('leaves commands their names, which the bot understands', () => {
    assert.deepEqual(
      Object.keys(words).filter((path) => /^bots.*title$/.test(path)),
      [],
    );
  });
});
