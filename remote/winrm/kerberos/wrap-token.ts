import { timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '../../protocol-error.ts';
import type { SealedMessage } from '../sealed-body.ts';
import {
  checksumSize,
  decrypt,
  encrypt,
  encryptionOverhead,
  type KerberosKey,
  keyUsages,
  signatureOf,
} from './kerberos-key.ts';

/** Flags of a per-message token (RFC 4121, 4.2.2). */
export const tokenFlags = { fromAcceptor: 1, sealed: 2, acceptorSubkey: 4 } as const;

/** What both ends agree on for one message. */
export interface TokenPlace {
  readonly key: KerberosKey;
  readonly flags: number;
  /** 64 bits */
  readonly sequence: bigint;
}

const headerSize = 16;
/** WinRM's data begins behind the first block of the ciphertext, its header is everything before: 60 bytes. */
const winrmHeaderSize = headerSize + encryptionOverhead + 16;
const rotation = headerSize + checksumSize;
const doing = 'opening a sealed message';

const sealUsage = (flags: number) =>
  flags & tokenFlags.fromAcceptor ? keyUsages.acceptorSeal : keyUsages.initiatorSeal;
const signUsage = (flags: number) =>
  flags & tokenFlags.fromAcceptor ? keyUsages.acceptorSign : keyUsages.initiatorSign;

/**
 * A sealed Wrap token (RFC 4121, 4.2.4) cut as WinRM carries it, which is as `gss_wrap_iov` with header, data and
 * empty padding cuts it: EC 0, RRC 28. @param confounder 16 random bytes
 */
export function sealToken(place: TokenPlace, plain: Buffer, confounder: Buffer): SealedMessage {
  const { key, flags } = place;
  const inner = wrapHeader(place, 0);
  const sealed = encrypt(key, sealUsage(flags), Buffer.concat([plain, inner]), confounder);
  const token = Buffer.concat([
    wrapHeader(place, rotation),
    sealed.subarray(sealed.length - rotation),
    sealed.subarray(0, sealed.length - rotation),
  ]);
  return { signature: token.subarray(0, winrmHeaderSize), sealed: token.subarray(winrmHeaderSize) };
}

/**
 * The plain text of a token that has exactly these flags and this number. @throws ProtocolError
 */
export function openToken(place: TokenPlace, { signature, sealed }: SealedMessage): Buffer {
  const token = Buffer.concat([signature, sealed]);
  if (token.length < 2 * headerSize + encryptionOverhead) {
    throw new ProtocolError('protocol.malformed', doing, 'too short');
  }
  const header = token.subarray(0, headerSize);
  const [extraCount, rightRotation] = [header.readUInt16BE(4), header.readUInt16BE(6)];
  if (header.readUInt16BE(0) !== 0x0504 || header[2] !== place.flags || header[3] !== 0xff) {
    throw new ProtocolError('protocol.malformed', doing, 'not the token that was to come');
  }
  if (header.readBigUInt64BE(8) !== place.sequence) {
    throw new ProtocolError('protocol.sequence-wrong', doing, `expected ${place.sequence}`);
  }
  // Windows rotates by the extra bytes, too, where it adds any (MS-KILE 3.4.5.4.1).
  const whole = rotateLeft(token.subarray(headerSize), rightRotation + extraCount);
  const open = decrypt(place.key, sealUsage(place.flags), whole, doing);
  const end = open.length - headerSize;
  // Only the copy inside the ciphertext vouches for the number and the extra count; its rotation stays zero.
  const inner = Buffer.from(open.subarray(end));
  header.copy(inner, 6, 6, 8);
  if (extraCount > end || !timingSafeEqual(inner, header)) {
    throw new ProtocolError('protocol.signature-wrong', doing, 'its header was changed');
  }
  return open.subarray(0, end - extraCount);
}

/** A MIC token (RFC 4121, 4.2.6.1) over bytes that travel elsewhere. */
export function signToken(place: TokenPlace, bytes: Buffer): Buffer {
  const flags = place.flags & ~tokenFlags.sealed;
  const header = tokenHeader(0x0404, flags, 0xffffffff, place.sequence);
  const signed = Buffer.concat([bytes, header]);
  return Buffer.concat([header, signatureOf(place.key, signUsage(flags), signed)]);
}

function wrapHeader({ flags, sequence }: TokenPlace, rightRotation: number): Buffer {
  return tokenHeader(0x0504, flags, rightRotation, sequence);
}

function tokenHeader(id: number, flags: number, filler: number, sequence: bigint): Buffer {
  const header = Buffer.alloc(headerSize, 0xff);
  header.writeUInt16BE(id, 0);
  header.writeUInt8(flags, 2);
  header.writeUInt32BE(filler, 4);
  header.writeBigUInt64BE(sequence, 8);
  return header;
}

function rotateLeft(bytes: Buffer, count: number): Buffer {
  const at = count % bytes.length;
  return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
}
