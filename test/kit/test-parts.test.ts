import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { partsOf, runParts } from './test-parts.ts';

const passing = "import { test } from 'node:test';\ntest('one that passes', () => {});\n";

/** Runs files with these contents as one part. */
const endOf = async (t: TestContext, ...contents: string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-parts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = contents.map((content, index) => {
    const file = join(folder, `${index}.test.mjs`);
    writeFileSync(file, content);
    return file;
  });
  const [end] = await runParts([{ name: 'sample', files }], { atOnce: 2, onEnd: () => {} });
  assert.ok(end !== undefined);
  return end;
};

test('every file is in one part: that of the longest name over it, or the last', () => {
  const files = ['test/a/b/1.test.ts', 'test/a/2.test.ts', 'test/ab/3.test.ts', 'test/4.test.ts'];
  assert.deepEqual(partsOf(files, ['test/a', 'test/a/b']), [
    { name: 'test/a', files: ['test/a/2.test.ts'] },
    { name: 'test/a/b', files: ['test/a/b/1.test.ts'] },
    { name: 'test', files: ['test/4.test.ts', 'test/ab/3.test.ts'] },
  ]);
});

test('a part may be one file', () => {
  const files = ['test/a/1.test.ts', 'test/a/2.test.ts'];
  assert.deepEqual(partsOf(files, ['test/a/2.test.ts', 'test/a']), [
    { name: 'test/a/2.test.ts', files: ['test/a/2.test.ts'] },
    { name: 'test/a', files: ['test/a/1.test.ts'] },
  ]);
});

test('a name without a file is not passed over', () => {
  assert.throws(() => partsOf(['test/a/1.test.ts'], ['test/b']), /there is none in test\/b/);
});

test('tests that pass make a part that passes, with one summary', async (t) => {
  const { output, trouble } = await endOf(t, passing, passing);
  assert.equal(trouble, undefined);
  assert.equal(output.match(/^ℹ pass 2$/gm)?.length, 1);
});

test('one test that fails makes its part fail, and the others still run', async (t) => {
  const failing =
    "import { test } from 'node:test';\ntest('one that fails', () => { throw new Error('x'); });\n";
  const { output, trouble } = await endOf(t, passing, failing, passing);
  assert.equal(trouble, 'ended with 1');
  assert.match(output, /^ℹ pass 2$/m);
  assert.match(output, /^ℹ fail 1$/m);
});

test('a file that cannot be loaded makes its part fail', async (t) => {
  const { trouble } = await endOf(t, passing, "import './not-there.mjs';\n");
  assert.equal(trouble, 'ended with 1');
});

test('a promise that nobody handles makes its part fail', async (t) => {
  const { trouble } = await endOf(t, `${passing}test('two', () => { Promise.reject(new Error('x')); });\n`);
  assert.equal(trouble, 'ended with 1');
});

test('a test that ends the process, however quietly, makes its part fail', async (t) => {
  const { trouble } = await endOf(t, `${passing}test('two', () => process.exit(0));\n`, passing);
  assert.equal(trouble, 'ended before its summary');
});

test('a file that holds no test makes its part fail', async (t) => {
  const { trouble } = await endOf(t, passing, 'export const nothing = 1;\n');
  assert.match(trouble ?? '', /^has no test in .*1\.test\.mjs$/);
});

test('a part that is told to end while it loads its files does not pass', async (t) => {
  const { trouble } = await endOf(
    t,
    passing,
    "process.kill(process.pid, 'SIGTERM');\nawait new Promise(() => {});\n",
  );
  assert.notEqual(trouble, undefined);
});

test('when it is told to stop, nothing more starts', async () => {
  const parts = [{ name: 'sample', files: ['not-there.test.mjs'] }];
  const [end] = await runParts(parts, { atOnce: 1, onEnd: () => {}, signal: AbortSignal.abort() });
  assert.equal(end?.trouble, 'was not started');
});
