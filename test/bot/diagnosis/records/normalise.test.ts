import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { normaliseLine, splitLines } from '../../../../bot/diagnosis/records/normalise.ts';

describe('a line', () => {
  for (const [what, raw, normal] of [
    ['escaped as HTML', '&lt;ID&gt;&quot;1&quot;&#39;&#x41;&nbsp;', '<ID>"1"\'A '],
    ['escaped twice', '&amp;lt;ID&amp;gt;', '<ID>'],
    ['escaped for Markdown', '\\*FAILED\\* \\[80244007\\] a\\_b', '*FAILED* [80244007] a_b'],
    ['of the article', '*FAILED\\* [80244007]', '*FAILED* [80244007]'],
    ['with invisible characters', 'In\u200Bst\u00ADal\u2060led\uFEFF', 'Installed'],
    ['with direction marks', '\u202BInstalled\u202C\u200F', 'Installed'],
    ['with odd blanks', 'a\u00A0b\u2009c\u3000d', 'a b c d'],
    ['with typographic quotes and dashes', '“a” ‘b’ −1', '"a" \'b\' -1'],
    ['in full width', 'ＩＤ＝１', 'ID=1'],
    ['with Arabic, Persian, Thai and Devanagari digits', '٢٠٢٦ ۱۱ ๒๔ ०९', '2026 11 24 09'],
    ['with an impossible reference', '&#9999999;&unknown;', '&#9999999;&unknown;'],
    ['that is a Windows path', 'C:\\Windows\\Temp', 'C:\\Windows\\Temp'],
  ] as const) {
    test(`${what} is read as the log wrote it`, () => assert.equal(normaliseLine(raw), normal));
  }
});

describe('lines', () => {
  test('end with any line end', () => {
    assert.deepEqual(splitLines('a\r\nb\nc\rd\u2028e'), ['a', 'b', 'c', 'd', 'e']);
  });
});
