import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeString, unescapeString } from '../../../remote/psrp/escaped-string.ts';

test('control characters, surrogates and an underscore before x are escaped', () => {
  assert.equal(escapeString('a\nb_x000A_\u{1F600}_y'), 'a_x000A_b_x005F_x000A__xD83D__xDE00__y');
});

test('any string comes back, lone surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (text) => {
        assert.equal(unescapeString(escapeString(text)), text);
      },
    ),
  );
});

test('strings made of escapes come back', () => {
  const piece = fc.constantFrom('_', 'x', 'X', '000A', '005F', '_x005F_', '_x000A_');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        assert.equal(unescapeString(escapeString(text)), text);
      },
    ),
  );
});

test('what only looks like an escape stays', () => {
  assert.equal(unescapeString('_x00_ _xGGGG_ x000A_'), '_x00_ _xGGGG_ x000A_');
});
