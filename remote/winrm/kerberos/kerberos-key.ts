import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '../../protocol-error.ts';
import { decryptCts, encryptBlock, encryptCts } from './aes-cts.ts';
import { nFold } from './n-fold.ts';

/** aes128-cts-hmac-sha1-96 and aes256-cts-hmac-sha1-96 (RFC 3962): what Windows has since 2008. */
export type Enctype = 17 | 18;

const keySizes: Readonly<Record<Enctype, number>> = { 17: 16, 18: 32 };

/** What a key is used for (RFC 4120, 7.5.1; RFC 4121, 2). */
export const keyUsages = {
  apReqAuthenticator: 11,
  apRepPart: 12,
  acceptorSeal: 22,
  acceptorSign: 23,
  initiatorSeal: 24,
  initiatorSign: 25,
} as const;

export interface KerberosKey {
  readonly enctype: Enctype;
  /** 16 or 32 bytes */
  readonly bytes: Buffer;
}

const isSupportedEnctype = (enctype: number): enctype is Enctype => enctype === 17 || enctype === 18;

export const keySizeOf = (enctype: Enctype): number => keySizes[enctype];

/** @throws ProtocolError for another enctype or a key of the wrong size */
export function kerberosKey(enctype: number, bytes: Buffer, doing: string): KerberosKey {
  if (!isSupportedEnctype(enctype)) {
    throw new ProtocolError('protocol.unsupported', doing, `encryption type ${enctype}`);
  }
  if (bytes.length !== keySizes[enctype]) {
    throw new ProtocolError('protocol.malformed', doing, 'size of a key');
  }
  return { enctype, bytes };
}

const block = 16;
/** Bytes of a checksum: HMAC-SHA1, cut (RFC 3962, 6). */
export const checksumSize = 12;
/** What encryption adds: a confounder in front and a checksum behind. */
export const encryptionOverhead = block + checksumSize;

/** Confounder and plain text encrypted, then their checksum. @param confounder 16 random bytes */
export function encrypt(key: KerberosKey, usage: number, plain: Buffer, confounder: Buffer): Buffer {
  const whole = Buffer.concat([confounder, plain]);
  const sealed = encryptCts(deriveKey(key, usage, 0xaa), whole);
  return Buffer.concat([sealed, checksum(deriveKey(key, usage, 0x55), whole)]);
}

/** The plain text, once its checksum was found right. @throws ProtocolError */
export function decrypt(key: KerberosKey, usage: number, bytes: Buffer, doing: string): Buffer {
  if (bytes.length < encryptionOverhead) throw new ProtocolError('protocol.malformed', doing, 'too short');
  const end = bytes.length - checksumSize;
  const whole = decryptCts(deriveKey(key, usage, 0xaa), bytes.subarray(0, end));
  if (!timingSafeEqual(checksum(deriveKey(key, usage, 0x55), whole), bytes.subarray(end))) {
    throw new ProtocolError('protocol.signature-wrong', doing, 'checksum');
  }
  return whole.subarray(block);
}

/** A checksum over bytes that stay readable. */
export function signatureOf(key: KerberosKey, usage: number, bytes: Buffer): Buffer {
  return checksum(deriveKey(key, usage, 0x99), bytes);
}

function checksum(key: Buffer, bytes: Buffer): Buffer {
  return createHmac('sha1', key).update(bytes).digest().subarray(0, checksumSize);
}

/** DK (RFC 3961, 5.1). @param purpose `aa` encrypts, `55` protects what is encrypted, `99` signs */
export function deriveKey({ enctype, bytes }: KerberosKey, usage: number, purpose: number): Buffer {
  const constant = Buffer.alloc(5, purpose);
  constant.writeUInt32BE(usage);
  const blocks: Buffer[] = [];
  let last = nFold(constant, block);
  for (let size = 0; size < keySizes[enctype]; size += block) {
    last = encryptBlock(bytes, last);
    blocks.push(last);
  }
  return Buffer.concat(blocks);
}
