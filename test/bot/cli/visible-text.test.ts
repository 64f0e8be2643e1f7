import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toJsonLine, visibleText } from '../../../bot/cli/visible-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const acting = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

for (const [what, text, shown] of [
  ['an escape sequence', 'a\u001b[2Jb', 'a\\u001b[2Jb'],
  ['an 8-bit control sequence', '\u009b31m', '\\u009b31m'],
  ['a line end', 'a\r\nb', 'a\\u000d\\u000ab'],
  ['a direction override', 'a\u202eb', 'a\\u202eb'],
  ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
] as const) {
  test(`${what} is made visible`, () => assert.equal(visibleText(text), shown));
}

test('letters, tabs and emoji stay', () => assert.equal(visibleText('Ž\t漢 😀'), 'Ž\t漢 😀'));

test('no text keeps a character that acts on a terminal', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !acting.test(visibleText(text))));
});

test('JSON keeps the value, on one line, without a character that acts on a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = toJsonLine({ text });
      assert.ok(!acting.test(line));
      assert.deepEqual(JSON.parse(line), { text });
    }),
  );
});
