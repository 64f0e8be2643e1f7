import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import { Defragmenter, encodeFragments } from '../../../remote/psrp/fragment.ts';

const message = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

test('messages come back whole, however the fragments are cut and the stream is split', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.integer({ min: 22, max: 120 }),
      fc.integer({ min: 1, max: 90 }),
      (messages, largest, piece) => {
        const stream = Buffer.concat(
          messages.flatMap((blob, index) => encodeFragments(BigInt(index + 1), blob, largest)),
        );
        const defragmenter = new Defragmenter();
        const received: Buffer[] = [];
        for (let at = 0; at < stream.length; at += piece)
          received.push(...defragmenter.push(stream.subarray(at, at + piece)));
        assert.deepEqual(received, messages);
      },
    ),
  );
});

test('one small message is one fragment with both flags', () => {
  const [only, ...others] = encodeFragments(5n, Buffer.from('ab'));
  assert.equal(only?.toString('hex'), '00000000000000050000000000000000030000000261' + '62');
  assert.equal(others.length, 0);
});

test('fragments of two messages may come mixed', () => {
  const [a1, a2] = encodeFragments(1n, Buffer.from('aabb'), 23);
  const [b1, b2] = encodeFragments(2n, Buffer.from('ccdd'), 23);
  const defragmenter = new Defragmenter();
  const stream = Buffer.concat([a1, b1, a2, b2] as Buffer[]);
  assert.deepEqual(defragmenter.push(stream).map(String), ['aabb', 'ccdd']);
});

for (const [what, order] of [
  ['a missing first fragment', [1]],
  ['a missing middle fragment', [0, 2]],
  ['a repeated first fragment', [0, 0]],
  ['a repeated middle fragment', [0, 1, 1]],
] as const) {
  test(`${what} is refused`, () => {
    const fragments = encodeFragments(1n, Buffer.from('aabbcc'), 23);
    const stream = Buffer.concat(order.map((index) => fragments[index] as Buffer));
    assert.throws(() => new Defragmenter().push(stream), { code: 'protocol.malformed' });
  });
}

test('a message larger than the limit is refused at its header, before its bytes come', () => {
  const [fragment] = encodeFragments(1n, Buffer.alloc(2000));
  assert.throws(() => new Defragmenter(1000).push((fragment as Buffer).subarray(0, 21)), {
    code: 'protocol.too-large',
  });
});

test('endless fragments without content are refused', () => {
  const defragmenter = new Defragmenter(1000);
  assert.throws(
    () => {
      for (let index = 0; index < 1000; index++) {
        const header = Buffer.alloc(21);
        header.writeBigUInt64BE(1n, 0);
        header.writeBigUInt64BE(BigInt(index), 8);
        header.writeUInt8(index === 0 ? 1 : 0, 16);
        defragmenter.push(header);
      }
    },
    { code: 'protocol.too-large' },
  );
});

test('a long stream of finished messages does not use up the limit', () => {
  const defragmenter = new Defragmenter(1000);
  let received = 0;
  for (let index = 1; index <= 100; index++) {
    received += defragmenter.push(encodeFragments(BigInt(index), Buffer.alloc(900))[0] as Buffer).length;
  }
  assert.equal(received, 100);
});

test('no bytes make it fail with anything but a coded error', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
      const defragmenter = new Defragmenter();
      try {
        for (const piece of pieces) defragmenter.push(Buffer.from(piece));
      } catch (error) {
        assert.ok(error instanceof ProtocolError);
      }
    }),
  );
});
