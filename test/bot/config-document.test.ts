import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseConfigDocument } from '../../bot/config-document.ts';

test('finds a value that stands behind an alias where it was written', () => {
  const document = parseConfigDocument('a: &x\n  b: 1\nc: *x\n');
  assert.deepEqual(document.at(['c', 'b']), { line: 2, column: 6 });
  assert.deepEqual(document.atKey(['c'], 'b'), { line: 2, column: 3 });
});

test('answers the nearest ancestor of a value that is not there', () => {
  assert.deepEqual(parseConfigDocument('a:\n  b: 1\n').at(['a', 'c', 'd']), { line: 2, column: 3 });
});

for (const [what, text, place, words] of [
  ['a double key', 'a: 1\na: 2\n', [2, 1], /second time/],
  ['a tab as indent', 'a:\n\tb: 1\n', [2, 1], /tab/],
  ['a missing bracket', 'a: [1, 2\nb: 3\n', [2, 1], /not closed/],
  ['a colon in a bare value', 'a: b: c\n', [1, 4], /quotes/],
  ['a second document', 'a: 1\n---\nb: 2\n', [2, 1], /second document/],
  ['an unknown alias', 'a: *nothing\n', [1, 4], /alias/],
  ['a tag', 'a: !secret b\n', [1, 4], /tags/],
  ['a backslash in double quotes', 'a: "C:\\windows"\n', [1, 7], /single quotes/],
] as const) {
  test(`answers ${what} with its place, in own words`, () => {
    const [problem] = parseConfigDocument(text).problems;
    assert.match(problem?.text ?? '', words);
    assert.deepEqual([problem?.line, problem?.column], place);
  });
}

test('an alias bomb is a problem', () => {
  const rows = Array.from({ length: 12 }, (_, i) => `l${i}: &l${i} [${`*l${i - 1}, `.repeat(9)}0]`);
  const text = `l0: &l0 [0]\n${rows.slice(1).join('\n')}\n`;
  assert.match(parseConfigDocument(text).problems[0]?.text ?? '', /alias/);
});

test('any text gives data or problems with places, never an exception', () => {
  const piece = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&x ',
    '*x',
    '!t ',
    '"',
    "'",
    '|\n',
    '\t',
    '? ',
    '%',
    '#',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      const document = parseConfigDocument(yaml);
      for (const problem of document.problems)
        assert.ok((problem.line ?? 0) >= 1 && (problem.column ?? 0) >= 1);
      assert.ok(document.at(['a', 0, 'b']).line >= 1);
    }),
    { numRuns: 500 },
  );
});
