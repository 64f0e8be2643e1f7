import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  /** "remote/contract.ts", or the name of a package. */
  readonly to: string;
  /** `import type`: gone at run time. */
  readonly isType: boolean;
}

/** `import … from`, `export … from`, `import '…'`, `import('…')` and `require('…')`. */
const statement =
  /^(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|\b(?:import|require)\s*\(?\s*'([^']+)'/gm;

const importsOf = (file: string): Import[] => {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(statement)].map(([, type, from, called]) => {
    const specifier = from ?? called ?? '';
    return {
      to: specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
      isType: type !== undefined,
    };
  });
};

const files = globSync('{bot,cards,remote,manifest}/**/*.{ts,mjs}', { cwd: root }).filter(
  (file) => !file.endsWith('.d.ts'),
);
const graph = new Map(files.map((file) => [file, importsOf(file)]));

const filesIn = (folder: string): string[] => files.filter((file) => file.startsWith(`${folder}/`));

/** Every import out of a folder that a rule does not allow, as "from → to". */
const broken = (folder: string, isAllowed: (entry: Import) => boolean): string[] =>
  filesIn(folder).flatMap((file) =>
    (graph.get(file) ?? []).filter((entry) => !isAllowed(entry)).map(({ to }) => `${file} → ${to}`),
  );

const isIn =
  (...folders: string[]) =>
  ({ to }: Import): boolean =>
    folders.some((folder) => to.startsWith(`${folder}/`));
const isOwn = ({ to }: Import): boolean => /^(bot|cards|remote|manifest|test)\//.test(to);
const notIn =
  (...folders: string[]) =>
  (entry: Import): boolean =>
    !isIn(...folders)(entry);

test('the imports of every file are read', () => {
  assert.ok(files.length > 200, `${files.length} files`);
  for (const [file, imports] of graph) {
    for (const { to } of imports) {
      if (/^(bot|cards|remote|manifest)\/.*\.(ts|mjs)$/.test(to)) assert.ok(graph.has(to), `${file} → ${to}`);
    }
  }
});

describe('arrows go one way', () => {
  test('remote knows nothing of chat', () => {
    assert.deepEqual(broken('remote', notIn('bot', 'cards', 'manifest', 'test')), []);
  });

  test('cards know nothing of servers, stores or SDKs', () => {
    assert.deepEqual(broken('cards', notIn('bot', 'remote', 'manifest', 'test')), []);
    const packages = new Set(
      filesIn('cards')
        .flatMap((file) => graph.get(file) ?? [])
        .filter((entry) => !isOwn(entry) && !entry.to.startsWith('node:'))
        .map(({ to }) => to),
    );
    assert.deepEqual([...packages].toSorted(), ['adaptivecards-templating']);
  });

  test('diagnosis touches neither network nor clock: of the rest it knows the contract and the file', () => {
    assert.deepEqual(
      broken('bot/diagnosis', (entry) =>
        !isOwn(entry)
          ? entry.to === 'zod'
          : isIn('bot/diagnosis')(entry) || /^remote\/(contract|web-config[a-z-]*)\.ts$/.test(entry.to),
      ),
      [],
    );
    for (const file of filesIn('bot/diagnosis')) {
      const source = readFileSync(join(root, file), 'utf8');
      assert.doesNotMatch(
        source,
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bset(Timeout|Interval)\b/,
        file,
      );
    }
  });

  test('intake knows the diagnosis that it feeds, errors with a code, and nothing else', () => {
    const isKnown = isIn('bot/intake', 'bot/diagnosis');
    assert.deepEqual(
      broken('bot/intake', (entry) =>
        isOwn(entry)
          ? isKnown(entry) || entry.to === 'remote/coded-error.ts'
          : /^node:(buffer|fs\/promises|stream|zlib)$/.test(entry.to),
      ),
      [],
    );
  });

  test('changes know neither cards nor conversation nor Teams', () => {
    assert.deepEqual(
      broken('bot/changes', notIn('cards', 'bot/conversation', 'bot/teams', 'bot/diagnosis', 'test')),
      [],
    );
  });

  test('the directory knows policies and the configuration, and nobody who decides knows the directory', () => {
    assert.deepEqual(
      broken(
        'bot/directory',
        (entry) =>
          !isOwn(entry) ||
          isIn('bot/directory', 'bot/registration')(entry) ||
          ['bot/changes/membership.ts', 'bot/changes/policy.ts', 'bot/config.ts'].includes(entry.to),
      ),
      [],
    );
    assert.deepEqual(broken('bot/changes', notIn('bot/directory')), []);
  });

  test('the registration knows its part of the configuration, and nobody who uses it', () => {
    assert.deepEqual(
      broken(
        'bot/registration',
        (entry) =>
          !isOwn(entry) ||
          isIn('bot/registration')(entry) ||
          ['bot/config.ts', 'bot/secret.ts', 'bot/pem-file.ts', 'remote/coded-error.ts'].includes(entry.to),
      ),
      [],
    );
  });

  test('a script is made for the module and for the relay alone: only remote/agentless*.ts and remote/local/relay-script.ts can send one', () => {
    const importersOf = (path: string) =>
      files.filter((file) => (graph.get(file) ?? []).some(({ to }) => to === path));
    const script = 'remote/psrp/messages/create-script-pipeline.ts';
    const importers = importersOf(script);
    assert.ok(importers.length > 0);
    assert.deepEqual(
      importers.filter((file) => !/^remote\/(?:agentless[a-z-]*|local\/relay-script)\.ts$/.test(file)),
      [],
    );
    assert.deepEqual(importersOf('remote/psrp/messages/pipeline-data.ts').toSorted(), [
      'remote/psrp/messages/create-pipeline.ts',
      script,
    ]);
    assert.deepEqual(
      files.filter((file) => /\bIsScript: true\b/.test(readFileSync(join(root, file), 'utf8'))),
      [script],
    );
  });

  test('conversation does not know Teams', () => {
    assert.deepEqual(broken('bot/conversation', notIn('bot/teams', 'test')), []);
  });

  test('sending knows what Teams takes and nothing of who says what; of it, conversation knows how it can end', () => {
    assert.deepEqual(
      broken('bot/sending', (entry) => isIn('bot/sending')(entry) || entry.to === 'remote/coded-error.ts'),
      [],
    );
    assert.deepEqual(
      broken(
        'bot/conversation',
        (entry) => !isIn('bot/sending')(entry) || entry.to === 'bot/sending/send-error.ts',
      ),
      [],
    );
  });

  test('the store knows what a change is made of, and nothing that acts', () => {
    const vocabulary = new Set(
      ['batch', 'canonical-json', 'change', 'plan', 'policy', 'step'].map((name) => `bot/changes/${name}.ts`),
    );
    assert.deepEqual(
      broken(
        'bot/store',
        (entry) =>
          !isOwn(entry) ||
          isIn('bot/store')(entry) ||
          vocabulary.has(entry.to) ||
          // What every error with a code is made of.
          entry.to === 'remote/coded-error.ts' ||
          (entry.isType && isIn('bot/changes')(entry)),
      ),
      [],
    );
    for (const file of vocabulary) {
      const imports = (graph.get(file) ?? []).filter(({ isType }) => !isType);
      assert.deepEqual(imports.filter(isIn('bot/store', 'bot/teams', 'bot/conversation')), [], file);
    }
  });

  test('only Teams imports the Bot Framework', () => {
    const importers = files.filter((file) =>
      (graph.get(file) ?? []).some(({ to }) => /^botbuilder|^botframework/.test(to)),
    );
    assert.ok(importers.length > 0);
    assert.deepEqual(
      importers.filter((file) => !file.startsWith('bot/teams/')),
      [],
    );
  });

  test('cards of a change are replaced in their turn: nobody but the composition root shows one directly', () => {
    const shows = 'bot/conversation/show-change.ts';
    const importers = files.filter((file) => (graph.get(file) ?? []).some(({ to }) => to === shows));
    assert.deepEqual(importers, ['bot/start-front.ts']);
  });

  test('only the store and its queries know the database', () => {
    const importers = files.filter((file) =>
      (graph.get(file) ?? []).some(({ to }) => /^kysely|^better-sqlite3|^pg$/.test(to)),
    );
    assert.deepEqual(
      importers.filter((file) => !file.startsWith('bot/store/')),
      [],
    );
  });
});

test('no file needs itself at run time, however far around', () => {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    assert.notEqual(state.get(file), 'open', [...path, file].join(' → '));
    state.set(file, 'open');
    for (const { to, isType } of graph.get(file) ?? [])
      if (!isType && graph.has(to)) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
});

test('no folder gathers its files in an index, and none is called utils or helpers', () => {
  assert.deepEqual(
    files.filter((file) => /(^|\/)(index|utils?|helpers?|common|misc)(\.|\/)/.test(file)),
    [],
  );
});
