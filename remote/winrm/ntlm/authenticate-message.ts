import {
  checkNtlmHeader,
  ntlmSignature,
  ntlmVersion,
  readPayloadField,
  writePayloadField,
} from './ntlm-fields.ts';

export interface AuthenticateMessage {
  readonly flags: number;
  readonly domain: string;
  readonly user: string;
  readonly workstation: string;
  readonly lmResponse: Buffer;
  readonly ntResponse: Buffer;
  readonly encryptedSessionKey: Buffer;
  /** 16 bytes; undefined when the message has no room for it. */
  readonly mic: Buffer | undefined;
}

const micAt = 72;
const payloadAt = 88;

/** AUTHENTICATE_MESSAGE (type 3), MS-NLMP 2.2.1.3, always with the MIC field; without a MIC given it is all zero. */
export function encodeAuthenticateMessage(message: AuthenticateMessage): Buffer {
  const fields: readonly (readonly [number, Buffer])[] = [
    [28, Buffer.from(message.domain, 'utf16le')],
    [36, Buffer.from(message.user, 'utf16le')],
    [44, Buffer.from(message.workstation, 'utf16le')],
    [12, message.lmResponse],
    [20, message.ntResponse],
    [52, message.encryptedSessionKey],
  ];
  const head = Buffer.alloc(payloadAt);
  ntlmSignature.copy(head, 0);
  head.writeUInt32LE(3, 8);
  head.writeUInt32LE(message.flags, 60);
  ntlmVersion.copy(head, 64);
  message.mic?.copy(head, micAt, 0, 16);
  let offset = payloadAt;
  for (const [at, value] of fields) {
    writePayloadField(head, at, value.length, offset);
    offset += value.length;
  }
  return Buffer.concat([head, ...fields.map(([, value]) => value)]);
}

/** @throws ProtocolError */
export function decodeAuthenticateMessage(bytes: Buffer): AuthenticateMessage {
  const doing = 'reading the NTLM authenticate message';
  checkNtlmHeader(bytes, 3, 64, doing);
  const field = (at: number) => readPayloadField(bytes, at, doing);
  const [lm, nt, domain, user, workstation, key] = [
    field(12),
    field(20),
    field(28),
    field(36),
    field(44),
    field(52),
  ];
  const offsets = [lm, nt, domain, user, workstation, key]
    .filter((f) => f.value.length > 0)
    .map((f) => f.offset);
  const hasMicField = bytes.length >= payloadAt && Math.min(...offsets) >= payloadAt;
  return {
    flags: bytes.readUInt32LE(60),
    domain: domain.value.toString('utf16le'),
    user: user.value.toString('utf16le'),
    workstation: workstation.value.toString('utf16le'),
    lmResponse: lm.value,
    ntResponse: nt.value,
    encryptedSessionKey: key.value,
    mic: hasMicField ? bytes.subarray(micAt, payloadAt) : undefined,
  };
}

/** A copy of an encoded message with this MIC in its place; the MIC itself is computed over the copy with zeros. */
export function withMic(encoded: Buffer, mic: Buffer): Buffer {
  const copy = Buffer.from(encoded);
  mic.copy(copy, micAt, 0, 16);
  return copy;
}

export const zeroMic = Buffer.alloc(16);
