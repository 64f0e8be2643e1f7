import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import md4Library from 'js-md4';

/** MD4 (RFC 1320). OpenSSL 3 has it in its legacy provider only, which Node does not load. */
export function md4(data: Uint8Array): Buffer {
  return Buffer.from(md4Library.arrayBuffer(data));
}

export function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Compares in constant time; different lengths are unequal. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
