/** Stretches or folds bytes to this many (RFC 3961, 5.1): copies, each rotated by 13 bits more, added in one's complement. */
export function nFold(input: Buffer, size: number): Buffer {
  const total = leastCommonMultiple(input.length, size);
  const sum = new Array<number>(size).fill(0);
  for (let copy = 0; copy * input.length < total; copy += 1) {
    const rotated = rotateRight(input, 13 * copy);
    for (const [index, byte] of rotated.entries()) {
      const at = (copy * input.length + index) % size;
      sum[at] = (sum[at] ?? 0) + byte;
    }
  }
  return carryAround(sum);
}

/** @param bits to the right, round and round */
function rotateRight(bytes: Buffer, bits: number): Buffer {
  const size = bytes.length * 8;
  const shift = bits % size;
  const skipped = Math.floor(shift / 8);
  const within = shift % 8;
  return Buffer.from(
    bytes.map((_, index) => {
      const byte = bytes[(index - skipped + 2 * bytes.length) % bytes.length] ?? 0;
      const before = bytes[(index - skipped - 1 + 2 * bytes.length) % bytes.length] ?? 0;
      return ((byte >> within) | (before << (8 - within))) & 0xff;
    }),
  );
}

/** Carries from byte to byte, the last one around to the end, until each fits. */
function carryAround(sum: readonly number[]): Buffer {
  const bytes = [...sum];
  for (let carry = 0, first = true; first || carry > 0; first = false) {
    for (let at = bytes.length - 1; at >= 0; at -= 1) {
      const value = (bytes[at] ?? 0) + carry;
      bytes[at] = value & 0xff;
      carry = value >> 8;
    }
  }
  return Buffer.from(bytes);
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}
