import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { machinePath, winePath } from '../../../../remote/practice/powershell/wine-path.ts';

const drives = new Map([
  ['C', '/prefix/drive_c'],
  ['D', '/data'],
  ['Z', '/'],
]);

test('a path is on the first drive that holds it', () => {
  assert.equal(winePath('/prefix/drive_c/x', drives), 'C:\\x');
  assert.equal(winePath('/data/a b/c', drives), 'D:\\a b\\c');
  assert.equal(winePath('/datax/c', drives), 'Z:\\datax\\c');
});

test('a path that no drive holds is an error', () => {
  assert.throws(() => winePath('/x', new Map([['D', '/data']])), /on no drive/);
  for (const path of ['E:\\x', 'D:x', '\\\\server\\share', 'x']) {
    assert.throws(() => machinePath(path, drives), /on no drive/, path);
  }
});

test('a path comes back as it was', () => {
  for (const path of ['/prefix/drive_c/x', '/data/a b/c', '/datax/c']) {
    assert.equal(machinePath(winePath(path, drives), drives), path);
  }
  assert.equal(machinePath('d:/a b\\c', drives), '/data/a b/c');
});

test('a path in other letters finds the file that is there', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'wsus-bot-path-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'Program Files'));
  writeFileSync(join(root, 'Program Files/Web.config'), '');
  const found = machinePath('D:\\PROGRAM FILES\\WEB.CONFIG', new Map([['D', root]]));
  assert.equal(found, join(root, 'Program Files/Web.config'));
  assert.equal(
    machinePath('D:\\program files\\new\\X', new Map([['D', root]])),
    join(root, 'Program Files/new/X'),
  );
});
