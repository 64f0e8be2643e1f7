import { ProtocolError } from '../../protocol-error.ts';

/** AV_PAIR identifiers, MS-NLMP 2.2.2.1. */
export const avIds = {
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  dnsTreeName: 5,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

/** Bit of the `flags` pair: the authenticate message carries a MIC. */
export const avFlagMic = 2;

export interface AvPair {
  readonly id: number;
  readonly value: Buffer;
}

/** The pairs and the end mark. */
export function encodeAvPairs(pairs: readonly AvPair[]): Buffer {
  const parts: Buffer[] = [];
  for (const { id, value } of pairs) {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    parts.push(head, value);
  }
  parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

/** The pairs up to the end mark; bytes after it are not looked at. @throws ProtocolError */
export function decodeAvPairs(bytes: Buffer): AvPair[] {
  const doing = 'reading the NTLM target information';
  const pairs: AvPair[] = [];
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) throw new ProtocolError('protocol.malformed', doing, 'no end mark');
    const id = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    if (id === 0) return pairs;
    if (at + 4 + length > bytes.length)
      throw new ProtocolError('protocol.malformed', doing, 'a pair is cut off');
    pairs.push({ id, value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
}

export function findAvPair(pairs: readonly AvPair[], id: number): Buffer | undefined {
  return pairs.find((pair) => pair.id === id)?.value;
}

/** The pairs with this one in place of any with the same id. */
export function withAvPair(pairs: readonly AvPair[], id: number, value: Buffer): AvPair[] {
  return [...pairs.filter((pair) => pair.id !== id), { id, value }];
}
