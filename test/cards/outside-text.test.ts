import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { outside } from '../../cards/outside-text.ts';

const shown = (text: string) => outside(text).plainCharacters();

it('keeps Markdown, markup and templates letter by letter', () => {
  const text = `[x](http://y) **b** <at>z</at> $\{1+1}`;
  assert.equal(shown(text), text);
});

it('makes one blank of line breaks and tabs', () => {
  assert.equal(shown('a\r\n\tb\u2028c'), 'a b c');
});

it('shows characters that hide or reorder text as U+FFFD', () => {
  assert.equal(shown('ws\u200bus\u202e01\u0007'), 'ws\ufffdus\ufffd01\ufffd');
});

it('shows empty text as a dash', () => {
  assert.equal(shown(' \n '), '–');
});

it('never shows an invisible character, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const result = shown(text);
      assert.doesNotMatch(result, /[\p{Cc}\p{Cf}\r\n]|^\s|\s$/u);
      assert.ok(result.length > 0);
    }),
  );
});
