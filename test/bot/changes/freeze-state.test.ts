import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { freezeState } from '../../../bot/changes/freeze-state.ts';
import { memoryStore } from '../store/sample-store.ts';

const withFile = async (t: TestContext, make: (file: string) => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-freeze-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'freeze');
  make(file);
  return freezeState(await memoryStore(t), file);
};

describe('the freeze file', () => {
  test('that is not there freezes nothing', async (t) => {
    assert.deepEqual(await withFile(t, () => undefined), { kind: 'none' });
  });

  test('freezes with its first line as the reason', async (t) => {
    const state = await withFile(t, (file) => writeFileSync(file, '  Year end \r\nsecond line'));
    assert.equal(state.kind === 'file' ? state.reason : state.kind, 'Year end');
  });

  test('that is empty freezes, too', async (t) => {
    const state = await withFile(t, (file) => writeFileSync(file, ''));
    assert.equal(state.kind, 'file');
  });

  test('of a terabyte freezes, and its beginning alone is read', async (t) => {
    const state = await withFile(t, (file) => {
      writeFileSync(file, 'x'.repeat(10_000));
      truncateSync(file, 2 ** 40);
    });
    assert.equal(state.kind === 'file' ? state.reason : state.kind, 'x'.repeat(500));
  });

  for (const [what, make] of [
    ['a folder', (file: string) => mkdirSync(file)],
    ['a pipe that nobody writes to', (file: string) => execFileSync('/usr/bin/env', ['mkfifo', file])],
    ['a link to a file that is gone', (file: string) => symlinkSync('/no such folder/freeze', file)],
    ['a link to itself', (file: string) => symlinkSync(file, file)],
  ] as const) {
    test(`that is ${what} freezes, since it cannot be read`, async (t) => {
      const { kind } = await withFile(t, make);
      assert.equal(kind, 'file-unread');
    });
  }
});
