import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineOrigins } from '../../../../bot/cli/diagnose/line-origins.ts';

test('every line of the whole leads back to the same line of its file', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 5 }), (sizes) => {
      let before = 0;
      const parts = sizes.map((lines, index) => {
        const part = { name: String(index), firstLine: before + 1, lines };
        before += lines;
        return part;
      });
      const origins = new LineOrigins(parts);
      const expected = sizes.flatMap((lines, index) =>
        Array.from({ length: lines }, (_, line) => ({ file: String(index), line: line + 1 })),
      );
      assert.deepEqual(
        expected.map((_, index) => origins.originOf(index + 1)),
        expected,
      );
      assert.throws(() => origins.originOf(before + 1), RangeError);
    }),
  );
});
