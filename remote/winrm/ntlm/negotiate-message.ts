import { checkNtlmHeader, ntlmSignature, ntlmVersion } from './ntlm-fields.ts';

export interface NegotiateMessage {
  readonly flags: number;
}

/** NEGOTIATE_MESSAGE (type 1), MS-NLMP 2.2.1.1: 40 bytes without domain and workstation. */
export function encodeNegotiateMessage(message: NegotiateMessage): Buffer {
  const bytes = Buffer.alloc(40);
  ntlmSignature.copy(bytes, 0);
  bytes.writeUInt32LE(1, 8);
  bytes.writeUInt32LE(message.flags, 12);
  bytes.writeUInt32LE(40, 20);
  bytes.writeUInt32LE(40, 28);
  ntlmVersion.copy(bytes, 32);
  return bytes;
}

/** @throws ProtocolError */
export function decodeNegotiateMessage(bytes: Buffer): NegotiateMessage {
  checkNtlmHeader(bytes, 1, 16, 'reading the NTLM negotiate message');
  return { flags: bytes.readUInt32LE(12) };
}
