import { createCipheriv, createDecipheriv } from 'node:crypto';

const block = 16;
const zeroVector = Buffer.alloc(block);

const cipherName = (key: Buffer, mode: 'cbc' | 'ecb') => `aes-${key.length * 8}-${mode}`;

/**
 * AES in CBC mode with ciphertext stealing, zero vector, last two blocks always swapped (RFC 3962, 5).
 * @param plain at least one block
 */
export function encryptCts(key: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv(cipherName(key, 'cbc'), key, zeroVector).setAutoPadding(false);
  const whole = Math.ceil(plain.length / block) * block;
  const encrypted = cipher.update(Buffer.concat([plain, Buffer.alloc(whole - plain.length)]));
  if (whole === block) return encrypted;
  const before = whole - 2 * block;
  return Buffer.concat([
    encrypted.subarray(0, before),
    encrypted.subarray(before + block),
    encrypted.subarray(before, before + plain.length - before - block),
  ]);
}

/** @param sealed at least one block */
export function decryptCts(key: Buffer, sealed: Buffer): Buffer {
  const whole = Math.ceil(sealed.length / block) * block;
  if (whole === block) return decryptCbc(key, sealed);
  const before = whole - 2 * block;
  const last = sealed.subarray(before, before + block);
  const stolen = sealed.subarray(before + block);
  // What the last block decrypts to, before the chain is taken out, ends with what was stolen from the one before it.
  const open = createDecipheriv(cipherName(key, 'ecb'), key, null).setAutoPadding(false).update(last);
  const secondLast = Buffer.concat([stolen, open.subarray(stolen.length)]);
  return decryptCbc(key, Buffer.concat([sealed.subarray(0, before), secondLast, last])).subarray(
    0,
    sealed.length,
  );
}

/** One block without a chain. */
export function encryptBlock(key: Buffer, plain: Buffer): Buffer {
  return createCipheriv(cipherName(key, 'ecb'), key, null).setAutoPadding(false).update(plain);
}

function decryptCbc(key: Buffer, sealed: Buffer): Buffer {
  return createDecipheriv(cipherName(key, 'cbc'), key, zeroVector).setAutoPadding(false).update(sealed);
}
