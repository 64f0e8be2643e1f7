import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, findEncoding } from '../../../bot/intake/encoding.ts';

const text = 'Fehler 80244007 – größer';
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16();

for (const [what, bytes] of [
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16LE without one', Buffer.from(text, 'utf16le')],
  ['UTF-16BE with a byte order mark', utf16be(`\ufeff${text}`)],
  ['UTF-16BE without one', utf16be(text)],
  ['Windows-1252', Buffer.from('Fehler 80244007 \x96 gr\xf6\xdfer', 'latin1')],
] as const) {
  test(`${what} is read`, () => assert.equal(decodeText(bytes), text));
}

test('each line has its own encoding where a log is mixed', () => {
  const mixed = Buffer.concat([
    Buffer.from('größer\r\n'),
    Buffer.from('gr\xf6\xdfer\n', 'latin1'),
    Buffer.from('größer'),
  ]);
  assert.equal(decodeText(mixed), 'größer\r\ngrößer\ngrößer');
});

test('U+FFFD that stands in UTF-8 stays', () => {
  assert.equal(decodeText(Buffer.from('a\ufffdb')), 'a\ufffdb');
});

test('a log that holds a few zeros is no UTF-16', () => {
  assert.equal(findEncoding(Buffer.from(`a\0b\0${'c'.repeat(200)}`)).encoding, 'utf-8');
  assert.equal(findEncoding(Buffer.alloc(0)).encoding, 'utf-8');
});
