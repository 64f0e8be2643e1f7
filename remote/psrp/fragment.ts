import { ProtocolError } from '../protocol-error.ts';

const headerLength = 21;
const startFlag = 1;
const endFlag = 2;

/** Largest fragment that is sent: as base64 it stays well under the 150 KB envelope that every server takes. */
const largestFragment = 32 * 1024;

/** Cuts one message into fragments (MS-PSRP 2.2.4). `objectId` is unique per direction and pool, from 1. */
export function encodeFragments(objectId: bigint, message: Buffer, largest = largestFragment): Buffer[] {
  const room = largest - headerLength;
  const count = Math.max(1, Math.ceil(message.length / room));
  return Array.from({ length: count }, (_unused, index) => {
    const blob = message.subarray(index * room, (index + 1) * room);
    const header = Buffer.alloc(headerLength);
    header.writeBigUInt64BE(objectId, 0);
    header.writeBigUInt64BE(BigInt(index), 8);
    header.writeUInt8((index === 0 ? startFlag : 0) | (index === count - 1 ? endFlag : 0), 16);
    header.writeUInt32BE(blob.length, 17);
    return Buffer.concat([header, blob]);
  });
}

/** Joins fragments to messages again. Takes the stream in pieces of any size; keeps no more than `largestMessage` bytes. */
export class Defragmenter {
  readonly #largestMessage: number;
  readonly #open = new Map<bigint, { next: bigint; readonly blobs: Buffer[] }>();
  #held = 0;
  #rest: Buffer = Buffer.alloc(0);

  /** @param largestMessage bytes held for all unfinished messages together */
  constructor(largestMessage = 16 * 1024 * 1024) {
    this.#largestMessage = largestMessage;
  }

  /** The messages that these bytes complete. @throws ProtocolError on a gap, a repeat, a wrong flag or too much data */
  push(bytes: Buffer): Buffer[] {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const messages: Buffer[] = [];
    while (rest.length >= headerLength) {
      const length = rest.readUInt32BE(17);
      if (length + this.#held > this.#largestMessage)
        throw new ProtocolError('protocol.too-large', doing, 'message');
      if (rest.length < headerLength + length) break;
      const message = this.#add(
        rest.subarray(0, headerLength),
        rest.subarray(headerLength, headerLength + length),
      );
      if (message !== undefined) messages.push(message);
      rest = rest.subarray(headerLength + length);
    }
    this.#rest = Buffer.from(rest);
    return messages;
  }

  #add(header: Buffer, blob: Buffer): Buffer | undefined {
    const objectId = header.readBigUInt64BE(0);
    const fragmentId = header.readBigUInt64BE(8);
    const flags = header.readUInt8(16);
    const known = this.#open.get(objectId);
    const isStart = (flags & startFlag) !== 0;
    if (isStart !== (known === undefined) || fragmentId !== (known?.next ?? 0n)) {
      throw new ProtocolError('protocol.malformed', doing, 'fragments out of order');
    }
    const object = known ?? { next: 0n, blobs: [] };
    object.next += 1n;
    object.blobs.push(Buffer.from(blob));
    // Counted with its header, so that a stream of empty fragments cannot grow without end.
    this.#held += blob.length + headerLength;
    if (this.#held > this.#largestMessage + headerLength)
      throw new ProtocolError('protocol.too-large', doing, 'message');
    if ((flags & endFlag) === 0) {
      this.#open.set(objectId, object);
      return undefined;
    }
    this.#open.delete(objectId);
    this.#held -= object.blobs.reduce((sum, part) => sum + part.length + headerLength, 0);
    return Buffer.concat(object.blobs);
  }
}

const doing = 'joining PSRP fragments';
