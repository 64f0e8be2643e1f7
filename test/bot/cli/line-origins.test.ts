import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineOrigins } from '../../../bot/cli/line-origins.ts';
import { splitLines } from '../../../bot/diagnosis/normalise.ts';

test('every line of the whole leads back to the same line of its file', () => {
  const piece = fc.constantFrom('a', 'b', '\n', '\r\n', '\u2028', ' ');
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const origins = new LineOrigins();
      for (const [index, one] of texts.entries()) origins.add(String(index), one);
      const whole = splitLines(origins.text());
      if (whole.at(-1) === '') whole.pop();
      for (const [index, line] of whole.entries()) {
        const origin = origins.originOf(index + 1);
        assert.equal(splitLines(texts[Number(origin.file)] ?? '')[origin.line - 1], line);
      }
    }),
  );
});
