import assert from 'node:assert/strict';
import { test } from 'node:test';
import { md4, sameBytes } from '../../../../remote/winrm/ntlm/digests.ts';
import { Rc4 } from '../../../../remote/winrm/ntlm/rc4.ts';

for (const [text, digest] of [
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    'e33b4ddc9c38f2199c3e7b164fcc0536',
  ],
] as const) {
  test(`MD4 of ${text.length} characters is that of RFC 1320`, () => {
    assert.equal(md4(Buffer.from(text)).toString('hex'), digest);
  });
}

test('RC4 gives the key stream of RFC 6229 and goes on where it stopped', () => {
  const stream = new Rc4(Buffer.from('0102030405', 'hex'));
  const parts = [
    stream.update(Buffer.alloc(5)),
    stream.update(Buffer.alloc(11)),
    stream.update(Buffer.alloc(16)),
  ];
  assert.equal(
    Buffer.concat(parts).toString('hex'),
    'b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919',
  );
});

test('bytes of different length are not the same', () => {
  assert.equal(sameBytes(Buffer.from('aa'), Buffer.from('a')), false);
  assert.equal(sameBytes(Buffer.from('aa'), Buffer.from('ab')), false);
  assert.equal(sameBytes(Buffer.from('aa'), Buffer.from('aa')), true);
});
