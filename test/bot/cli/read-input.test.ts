import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { readInput } from '../../../bot/cli/read-input.ts';
import { folderWith } from '../config-folder.ts';

test('reads no more than the limit and says that there was more', async (t) => {
  const path = join(folderWith(t, { a: 'abcdef' }), 'a');
  const none = Readable.from([]);
  assert.deepEqual(await readInput(path, none, 4), { text: 'abcd', cut: true });
  assert.deepEqual(await readInput(path, none, 6), { text: 'abcdef', cut: false });
  assert.deepEqual(await readInput('-', Readable.from([Buffer.from('abc'), Buffer.from('def')]), 4), {
    text: 'abcd',
    cut: true,
  });
});

test('a folder is no file', async (t) => {
  await assert.rejects(readInput(folderWith(t, {}), Readable.from([]), 4), {
    code: 'cli.file-not-readable',
    reason: 'it is a folder',
  });
});
