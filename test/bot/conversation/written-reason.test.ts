import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writtenReason } from '../../../bot/conversation/written-reason.ts';

test('a reason is kept as one line, without what cannot be seen', () => {
  assert.deepEqual(writtenReason('  Nobody\r\n\u202eelse\u0000 is\u200bawake\t'), {
    reason: 'Nobody else is awake',
  });
});

test('Markdown and code stay what they are: text, which the cards show as text', () => {
  const reason = "[x](https://evil) **b** <at>all</at> $(1+1) '; drop table";
  assert.deepEqual(writtenReason(reason), { reason });
});

for (const [what, text] of [
  ['nothing', ''],
  ['blanks', ' '.repeat(50)],
  ['characters without a width', '\u200b\u200d\u2060'.repeat(20)],
  ['nine letters', 'emergency'],
  ['line ends', '\n'.repeat(100)],
] as const) {
  test(`${what}: no reason`, () => assert.equal(writtenReason(text), 'too-short'));
}

test('ten thousand characters are too many, also when they cannot be seen', () => {
  for (const letter of ['x', ' ', '\u200b']) assert.equal(writtenReason(letter.repeat(10_001)), 'too-long');
  assert.equal(writtenReason('x'.repeat(501)), 'too-long');
});

test('whatever is written, what is kept has 10 to 500 characters and no line end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const written = writtenReason(text);
      if (typeof written === 'string') return;
      assert.ok(written.reason.length >= 10 && written.reason.length <= 500);
      assert.doesNotMatch(written.reason, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});
