import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = /^(?:bot(?:\/(?:teams|conversation|diagnosis|changes|store|cli))?|cards|remote|manifest)$/;

/** docs/architecture.md: which folder may import which. `bot` is the files directly in it, which put the program together. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'bot/teams': ['bot/conversation', 'bot/changes', 'cards', 'botbuilder'],
  'bot/conversation': ['bot/diagnosis', 'bot/changes', 'bot/store', 'bot', 'cards', 'remote'],
  // The store keeps the shapes of a change; the worker, in bot/changes, uses the store.
  'bot/changes': ['bot/store', 'remote'],
  'bot/store': ['bot/changes'],
  'bot/diagnosis': ['remote'],
  'bot/cli': ['bot', 'bot/diagnosis', 'manifest', 'remote'],
  bot: ['bot/teams', 'bot/conversation', 'bot/changes', 'bot/store', 'bot/cli', 'remote'],
  manifest: ['bot'],
  cards: [],
  remote: [],
};

const folderOf = (path: string): string => {
  const [top = '', second = '', ...rest] = path.split('/');
  return top === 'bot' && rest.length > 0 ? `${top}/${second}` : top;
};

interface Import {
  readonly file: string;
  readonly target: string;
}

const imports: readonly Import[] = globSync(['bot/**/*.{ts,mjs}', '{cards,remote,manifest}/**/*.ts'], {
  cwd: root,
}).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(
    ([, target = '']) => ({ file, target }),
  ),
);

const destinationOf = ({ file, target }: Import): string =>
  target.startsWith('.') ? folderOf(join(dirname(file), target)) : target;

suite('the arrows between folders', () => {
  for (const [folder, allowed] of Object.entries(arrows)) {
    test(`${folder} imports nothing but ${allowed.join(', ') || 'what is in it'}`, () => {
      const own = imports.filter(({ file }) => folderOf(file) === folder);
      assert.ok(own.length > 0, `${folder} has files`);
      const wrong = own.filter((one) => {
        const destination = destinationOf(one);
        const counts = destination === 'botbuilder' || packages.test(destination);
        return counts && destination !== folder && !allowed.includes(destination);
      });
      assert.deepEqual(wrong, []);
    });
  }

  test('every folder of the program has its arrows', () => {
    const folders = new Set(imports.map(({ file }) => folderOf(file)));
    assert.deepEqual([...folders].toSorted(), Object.keys(arrows).toSorted());
  });

  test('the diagnosis imports nothing of the outside: no network, no files, no clock', () => {
    const files = globSync('bot/diagnosis/**/*.ts', { cwd: root });
    const wrong = files.filter((file) =>
      /from 'node:|\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bfetch\(|\bprocess\./.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
    assert.deepEqual(wrong, []);
  });
});
