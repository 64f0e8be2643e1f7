import fc from 'fast-check';

/** One change to some bytes. `at` and the like are taken modulo what is there. */
type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number };

const place = fc.nat(100_000);
/** Lengths and counts that a careless reader believes. */
const extreme = fc.constantFrom(
  new Uint8Array([0xff, 0xff, 0xff, 0xff]),
  new Uint8Array([0x7f, 0xff, 0xff, 0xff]),
  new Uint8Array([0xff, 0xff, 0xff, 0x7f]),
  new Uint8Array([0, 0, 0, 0]),
  new Uint8Array([0x80, 0, 0, 0]),
  new Uint8Array([0xff, 0xff]),
);
const markup = fc
  .constantFrom(
    '<',
    '>',
    '&',
    '"',
    '<Obj>',
    '</Obj>',
    '<a b="',
    ']]>',
    '<![CDATA[',
    '<!--',
    '&#x110000;',
    '_x',
    '\0',
  )
  .map((text) => new Uint8Array(Buffer.from(text)));
const bytes = fc.oneof(extreme, markup, fc.uint8Array({ maxLength: 12 }));

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('set' as const), at: place, bytes }),
  fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(400) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.nat(60), times: fc.nat(300) }),
);

function applied(to: Buffer, change: Mutation): Buffer {
  const at = to.length === 0 ? 0 : change.at % to.length;
  switch (change.kind) {
    case 'flip': {
      const copy = Buffer.from(to);
      if (copy.length > 0) copy.writeUInt8(copy.readUInt8(at) ^ (1 << change.bit), at);
      return copy;
    }
    case 'set':
      return Buffer.concat([to.subarray(0, at), change.bytes, to.subarray(at + change.bytes.length)]);
    case 'cut':
      return Buffer.concat([to.subarray(0, at), to.subarray(at + change.length)]);
    case 'insert':
      return Buffer.concat([to.subarray(0, at), change.bytes, to.subarray(at)]);
    case 'repeat': {
      const piece = to.subarray(at, at + change.length);
      const pieces = Array.from({ length: change.times }, () => piece);
      return Buffer.concat([to.subarray(0, at), ...pieces, to.subarray(at)]);
    }
  }
}

/** Any of these samples with a few changes made to it. */
export function mutated(samples: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([sample, changes]) => changes.reduce(applied, sample));
}
