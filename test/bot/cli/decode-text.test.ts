import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from '../../../bot/cli/decode-text.ts';

const text = 'Fehler 80244007 – größer';
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16();

for (const [what, bytes] of [
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16LE without one', Buffer.from(text, 'utf16le')],
  ['UTF-16BE with a byte order mark', utf16be(`\ufeff${text}`)],
  ['UTF-16BE without one', utf16be(text)],
] as const) {
  test(`${what} is read`, () => assert.equal(decodeText(bytes), text));
}

test('bytes that are no UTF-8 become U+FFFD, the rest stays', () => {
  assert.equal(decodeText(Buffer.from('gr\xf6\xdfer', 'latin1')), 'gr\ufffd\ufffder');
});
