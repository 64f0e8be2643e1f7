import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { findLogs } from '../../../../bot/cli/diagnose/find-logs.ts';
import { folderWith } from '../../config-folder.ts';

test('a folder means the logs and archives in it and below, in the order of their names', async (t) => {
  const folder = folderWith(t, {
    'b.log': '',
    'a.LOG': '',
    'notes.md': '',
    'trace.etl': '',
    'SoftwareDistribution.log.old': '',
    'u_ex261001.log.1': '',
    'c.zip': '',
  });
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'z.txt'), '');
  const found = await findLogs(folder);
  assert.deepEqual(
    found.map((path) => relative(folder, path)),
    ['SoftwareDistribution.log.old', 'a/z.txt', 'a.LOG', 'b.log', 'c.zip', 'u_ex261001.log.1'].toSorted(
      (a, b) => (join(folder, a) < join(folder, b) ? -1 : 1),
    ),
  );
});

test('a link that leads out of the folder, to a folder or to nothing is not followed', async (t) => {
  const outside = folderWith(t, { 'secret.log': '' });
  const folder = folderWith(t, { 'a.log': '' });
  mkdirSync(join(folder, 'below.log'));
  symlinkSync(join(outside, 'secret.log'), join(folder, 'out.log'));
  symlinkSync(outside, join(folder, 'folder.log'));
  symlinkSync(join(folder, 'nothing'), join(folder, 'broken.log'));
  symlinkSync('a.log', join(folder, 'within.log'));
  const found = await findLogs(folder);
  assert.deepEqual(
    found.map((path) => relative(folder, path)),
    ['a.log', 'within.log'],
  );
});

test('anything else means itself, whatever it is called', async (t) => {
  const file = join(folderWith(t, { noname: '' }), 'noname');
  assert.deepEqual(await findLogs(file), [file]);
  assert.deepEqual(await findLogs('-'), ['-']);
  await assert.rejects(findLogs(`${file}.not`), { code: 'cli.file-not-readable' });
});
