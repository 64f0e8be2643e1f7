import { crc32 } from 'node:zlib';
import { decodeLine } from '../encoding.ts';
import { IntakeError } from '../intake-error.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { EndOfBytes } from './byte-cursor.ts';
import { inflateNext } from './inflate.ts';
import type { PackedLog } from './packed-log.ts';

// APPNOTE.TXT 4.3.7 (local file header), 4.3.9 (data descriptor), 4.5.3 (zip64).
const localHeader = 0x04034b50;
const descriptorSignature = 0x08074b50;
const headerBytes = 26;
const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'encryption',
};
const inSizeField = 0xffff_ffff;

interface Header {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Sizes and checksum follow the entry. */
  readonly hasDescriptor: boolean;
  readonly isZip64: boolean;
  readonly packed: number;
  readonly checksum: number;
}

async function readHeader(cursor: ByteCursor): Promise<Header> {
  const fixed = await cursor.take(headerBytes);
  const flags = fixed.readUInt16LE(2);
  const name = await cursor.take(fixed.readUInt16LE(22));
  const written = decodeLine(name, 0, name.length);
  const extra = await cursor.take(fixed.readUInt16LE(24));
  const large = packedSizeOf(extra, fixed.readUInt32LE(18) === inSizeField);
  const packed = fixed.readUInt32LE(14);
  return {
    name: written,
    method: fixed.readUInt16LE(4),
    isEncrypted: (flags & 1) !== 0,
    hasDescriptor: (flags & 8) !== 0,
    isZip64: large !== undefined,
    packed: packed === inSizeField ? (large ?? packed) : packed,
    checksum: fixed.readUInt32LE(10),
  };
}

/** Of the zip64 field: the packed size stands behind the unpacked one, when that does not fit either. */
function packedSizeOf(extra: Buffer, afterUnpacked: boolean): number | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const place = at + 4 + (afterUnpacked ? 8 : 0);
    return place + 8 <= extra.length ? Number(extra.readBigUInt64LE(place)) : 0;
  }
  return undefined;
}

async function* stored(cursor: ByteCursor, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  while (left > 0) {
    const bytes = await cursor.chunk(left);
    if (bytes === undefined) throw new EndOfBytes();
    left -= bytes.length;
    yield bytes;
  }
}

async function* checked(
  cursor: ByteCursor,
  header: Header,
  bytes: AsyncIterable<Uint8Array>,
  doing: string,
): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  for await (const chunk of bytes) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  const expected = header.hasDescriptor ? await readDescriptor(cursor, header) : header.checksum;
  if (checksum !== expected)
    throw new IntakeError('intake.archive-broken', doing, { reason: 'its checksum does not fit' });
}

async function readDescriptor(cursor: ByteCursor, { isZip64 }: Header): Promise<number> {
  const signature = (await cursor.peek(4)) as Uint8Array;
  const isSigned =
    signature.length === 4 &&
    Buffer.from(signature.buffer, signature.byteOffset, 4).readUInt32LE(0) === descriptorSignature;
  if (isSigned) await cursor.skip(4);
  const fields = await cursor.take(isZip64 ? 20 : 12);
  return fields.readUInt32LE(0);
}

/**
 * The files of a zip in the order they stand in it, read front to back: a stream has no end to look up a directory in.
 * Throws an IntakeError for what cannot be read so, EndOfBytes, and what node:zlib throws.
 */
export async function* readZip(cursor: ByteCursor, doing: string): AsyncGenerator<PackedLog> {
  for (;;) {
    const signature = await cursor.peek(4);
    if (signature.length < 4) throw new EndOfBytes();
    // The directory begins: all entries were read.
    if (Buffer.from(signature.buffer, signature.byteOffset, 4).readUInt32LE(0) !== localHeader) return;
    await cursor.skip(4);
    const header = await readHeader(cursor);
    if (header.isEncrypted) throw new IntakeError('intake.archive-locked', doing);
    if (header.method !== 0 && header.method !== 8) {
      const reason = `it is packed with ${methods[header.method] ?? `method ${header.method}`}`;
      throw new IntakeError('intake.archive-kind', doing, { reason });
    }
    if (header.method === 0 && header.hasDescriptor) {
      const reason = 'a file in it is not compressed and its size is not said before it';
      throw new IntakeError('intake.archive-kind', doing, { reason });
    }
    const bytes = header.method === 0 ? stored(cursor, header.packed) : inflateNext(cursor);
    const isFolder = header.name.endsWith('/');
    yield { name: header.name, bytes: checked(cursor, header, bytes, doing), isFolder };
  }
}
