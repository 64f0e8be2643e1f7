import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quoteDepth, unquote } from '../../../../bot/diagnosis/records/quoted-lines.ts';

function unquoteAll(lines: readonly string[]): string[] {
  const depths = lines.map(quoteDepth);
  return lines.map((line, index) =>
    unquote(line, depths[index] ?? 0, depths[index - 1] ?? 0, depths[index + 1] ?? 0),
  );
}

describe('the lines of a quoted passage', () => {
  test('lose the marks that they share with a line beside them', () => {
    assert.deepEqual(unquoteAll(['x', '> > a', '> > > b', '>>', 'y']), ['x', 'a', '> b', '', 'y']);
  });

  test('keep a mark that stands alone', () => {
    assert.deepEqual(unquoteAll(['<ID', '>1</ID>']), ['<ID', '>1</ID>']);
  });

  test('keep the rest of a tag that was broken before it was quoted', () => {
    assert.deepEqual(unquoteAll(['> <ID', '> >1</ID>']), ['<ID', '>1</ID>']);
  });

  test('lose a mark that stands alone before an entry of a log', () => {
    const entry = '2026-11-24 22:40:12:073 880 117c PT WARNING: PTError: 0x80244007';
    assert.deepEqual(unquoteAll([`> ${entry}`, 'thanks']), [entry, 'thanks']);
  });

  test('lose ten marks at most, however many there are', () => {
    assert.equal(quoteDepth('>'.repeat(100_000)), 10);
  });
});
