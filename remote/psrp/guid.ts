import { ProtocolError } from '../protocol-error.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The GUID of no pipeline. */
export const emptyGuid = '00000000-0000-0000-0000-000000000000';

export const isGuid = (text: string): boolean => pattern.test(text);

/** 16 bytes as .NET writes them: the first three groups little-endian. @throws ProtocolError */
export function guidToBytes(guid: string): Buffer {
  if (!isGuid(guid)) throw new ProtocolError('protocol.malformed', 'writing a GUID', 'form');
  return swapGroups(Buffer.from(guid.replaceAll('-', ''), 'hex'));
}

/** Lower-case text of 16 bytes. */
export function guidFromBytes(bytes: Buffer): string {
  const hex = swapGroups(Buffer.from(bytes.subarray(0, 16))).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A version 4 GUID from 16 random bytes, lower case. */
export function guidFromRandom(random: Buffer): string {
  const bytes = Buffer.from(random.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return guidFromBytes(swapGroups(bytes));
}

function swapGroups(bytes: Buffer): Buffer {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
