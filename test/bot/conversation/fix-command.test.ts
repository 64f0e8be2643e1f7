import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFix } from '../../../bot/conversation/fix-command.ts';

test('names are parted by blanks, commas or semicolons', () => {
  assert.deepEqual(parseFix('wsus01, wsus02;wsus03  wsus04'), {
    names: ['wsus01', 'wsus02', 'wsus03', 'wsus04'],
    parallel: 1,
  });
});

test('how many at a time stands at the end', () => {
  for (const text of ['wsus01 wsus02 parallel 3', 'wsus01 wsus02 Parallel: 3', 'wsus01,wsus02,parallel=3']) {
    assert.deepEqual(parseFix(text), { names: ['wsus01', 'wsus02'], parallel: 3 }, text);
  }
});

test('a server may be called like the word, as long as it is not the last', () => {
  assert.deepEqual(parseFix('parallel wsus01'), { names: ['parallel', 'wsus01'], parallel: 1 });
  assert.deepEqual(parseFix('unparallel'), { names: ['unparallel'], parallel: 1 });
});

test('without a name, or with no number where one belongs, it is not understood', () => {
  for (const text of ['', '  ', ',', 'parallel 2', 'wsus01 parallel', 'wsus01 parallel 0']) {
    assert.equal(parseFix(text), undefined, text);
  }
});

test('of any text the names hold no separators, and at least one is at work', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const command = parseFix(text);
      if (command === undefined) return;
      assert.ok(command.names.length > 0 && command.parallel >= 1);
      for (const name of command.names) assert.match(name, /^[^\s,;]+$/);
    }),
  );
});
