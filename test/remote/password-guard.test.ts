import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
// A practice server makes its password anew at every start, and tells it to whoever started it.
const sources = globSync('remote/**/*.ts', { cwd: root.pathname, exclude: ['remote/practice/**'] }).map(
  (path) => ({
    path,
    text: readFileSync(new URL(path, root), 'utf8'),
  }),
);

test('no file that handles a password writes to a log or to the screen', () => {
  const handling = sources.filter(({ text }) => /\bpassword\b/.test(text));
  assert.ok(handling.some(({ path }) => path.endsWith('ntlm-v2.ts')));
  const offending = handling.filter(({ text }) =>
    /\bconsole\.|\bprocess\.(?:stdout|stderr)|from 'pino'|\blog(?:ger)?\.\w+\(/.test(text),
  );
  assert.deepEqual(
    offending.map(({ path }) => path),
    [],
  );
});

test('errors have no field that could hold an account', () => {
  for (const path of ['remote/coded-error.ts', 'remote/remote-error.ts', 'remote/protocol-error.ts']) {
    const { text } = sources.find((source) => source.path === path) ?? assert.fail(path);
    assert.doesNotMatch(text, /^\s*(?:readonly )?(?:account|password|target)\b/m);
  }
});
