import { ProtocolError } from '../../protocol-error.ts';

/** The eight bytes every NTLM message begins with. */
export const ntlmSignature = Buffer.from('NTLMSSP\0', 'latin1');

/** VERSION structure (MS-NLMP 2.2.2.10): Windows 10.0, build 0, NTLMSSP revision 15. Servers only log it. */
export const ntlmVersion = Buffer.from([10, 0, 0, 0, 0, 0, 0, 15]);

const largestMessage = 64 * 1024;

/** Checks signature, type and least length of an NTLM message. */
export function checkNtlmHeader(message: Buffer, type: 1 | 2 | 3, leastLength: number, doing: string): void {
  if (message.length > largestMessage)
    throw new ProtocolError('protocol.too-large', doing, `${message.length} bytes`);
  if (message.length < leastLength || !message.subarray(0, 8).equals(ntlmSignature)) {
    throw new ProtocolError('protocol.malformed', doing, 'not an NTLM message');
  }
  if (message.readUInt32LE(8) !== type)
    throw new ProtocolError('protocol.malformed', doing, `not a type ${type} message`);
}

export interface PayloadField {
  readonly value: Buffer;
  readonly offset: number;
}

/** Reads a length, allocated length and offset triple and the payload it points to. */
export function readPayloadField(message: Buffer, at: number, doing: string): PayloadField {
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  if (length === 0) return { value: Buffer.alloc(0), offset };
  if (offset + length > message.length)
    throw new ProtocolError('protocol.malformed', doing, 'a field points outside');
  return { value: message.subarray(offset, offset + length), offset };
}

/** Writes the triple at `at` for a payload of `length` bytes that begins at `offset`. */
export function writePayloadField(message: Buffer, at: number, length: number, offset: number): void {
  message.writeUInt16LE(length, at);
  message.writeUInt16LE(length, at + 2);
  message.writeUInt32LE(offset, at + 4);
}
