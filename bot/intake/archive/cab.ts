import { inflateRawSync } from 'node:zlib';
import { decodeLine } from '../encoding.ts';
import { IntakeError } from '../intake-error.ts';
import type { ByteCursor } from './byte-cursor.ts';
import type { PackedLog } from './packed-log.ts';

// [MS-CAB] 2.1 to 2.4, [MS-MCI] for MSZIP.
const headerBytes = 36;
const flagPrevious = 1;
const flagNext = 2;
const flagReserve = 4;
const compression = { none: 0, mszip: 1, quantum: 2, lzx: 3 } as const;
const longestName = 257;
const window = 32 * 1024;

interface Folder {
  readonly dataAt: number;
  readonly blocks: number;
  readonly kind: number;
}

interface Entry {
  readonly name: string;
  readonly size: number;
  /** In its folder's unpacked bytes. */
  readonly at: number;
  readonly folder: number;
}

interface Cabinet {
  readonly folders: readonly Folder[];
  readonly entries: readonly Entry[];
  /** Bytes that stand in every data block for somebody's own use. */
  readonly blockReserve: number;
}

const broken = (doing: string, reason: string): IntakeError =>
  new IntakeError('intake.archive-broken', doing, { reason });

async function readName(cursor: ByteCursor, doing: string): Promise<string> {
  const bytes = await cursor.peek(longestName);
  const end = bytes.indexOf(0);
  if (end < 0) throw broken(doing, 'a name in it does not end');
  const name = await cursor.take(end + 1);
  return decodeLine(name, 0, end);
}

async function readCabinet(cursor: ByteCursor, doing: string): Promise<Cabinet> {
  const header = await cursor.take(headerBytes);
  const flags = header.readUInt16LE(30);
  if ((flags & (flagPrevious | flagNext)) !== 0)
    throw new IntakeError('intake.archive-kind', doing, { reason: 'it is one part of a set of cabinets' });
  let folderReserve = 0;
  let blockReserve = 0;
  if ((flags & flagReserve) !== 0) {
    const sizes = await cursor.take(4);
    folderReserve = sizes.readUInt8(2);
    blockReserve = sizes.readUInt8(3);
    await cursor.skip(sizes.readUInt16LE(0));
  }
  const folders: Folder[] = [];
  for (let left = header.readUInt16LE(26); left > 0; left -= 1) {
    const fields = await cursor.take(8);
    const [dataAt, blocks] = [fields.readUInt32LE(0), fields.readUInt16LE(4)];
    folders.push({ dataAt, blocks, kind: fields.readUInt16LE(6) & 0x0f });
    await cursor.skip(folderReserve);
  }
  await skipTo(cursor, header.readUInt32LE(16), doing);
  const entries: Entry[] = [];
  for (let left = header.readUInt16LE(28); left > 0; left -= 1) {
    const fields = await cursor.take(16);
    const name = await readName(cursor, doing);
    const [size, at, folder] = [fields.readUInt32LE(0), fields.readUInt32LE(4), fields.readUInt16LE(8)];
    if (folder >= folders.length) throw broken(doing, 'a file in it belongs to no folder');
    entries.push({ name, size, at, folder });
  }
  return { folders, entries, blockReserve };
}

async function skipTo(cursor: ByteCursor, position: number, doing: string): Promise<void> {
  if (position < cursor.position) throw broken(doing, 'its parts overlap');
  await cursor.skip(position - cursor.position);
}

async function* unpackedBlocks(
  cursor: ByteCursor,
  { blocks, kind }: Folder,
  blockReserve: number,
  doing: string,
): AsyncGenerator<Buffer> {
  let dictionary: Buffer | undefined;
  for (let left = blocks; left > 0; left -= 1) {
    const fields = await cursor.take(8);
    await cursor.skip(blockReserve);
    const data = await cursor.take(fields.readUInt16LE(4));
    const size = fields.readUInt16LE(6);
    const block = kind === compression.mszip ? inflateBlock(data, dictionary, doing) : Buffer.from(data);
    if (block.length !== size) throw broken(doing, 'a block of it has another size than it says');
    dictionary = block.length >= window ? block.subarray(-window) : joined(dictionary, block);
    yield block;
  }
}

const joined = (before: Buffer | undefined, block: Buffer): Buffer =>
  before === undefined ? block : Buffer.concat([before, block]).subarray(-window);

function inflateBlock(data: Buffer, dictionary: Buffer | undefined, doing: string): Buffer {
  if (data[0] !== 0x43 || data[1] !== 0x4b) throw broken(doing, 'a block of it does not begin as it must');
  const options = { maxOutputLength: window, ...(dictionary !== undefined && { dictionary }) };
  return inflateRawSync(data.subarray(2), options);
}

/** Unpacked bytes of one folder, cut into its files. */
class FolderReader {
  readonly #blocks: AsyncGenerator<Buffer>;
  readonly #doing: string;
  #left: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor(blocks: AsyncGenerator<Buffer>, doing: string) {
    this.#blocks = blocks;
    this.#doing = doing;
  }

  async *file({ at, size }: Entry): AsyncGenerator<Uint8Array> {
    if (at < this.#position) throw broken(this.#doing, 'its files overlap');
    for (let skip = at - this.#position; skip > 0; ) skip -= (await this.#chunk(skip)).length;
    for (let left = size; left > 0; ) {
      const bytes = await this.#chunk(left);
      left -= bytes.length;
      yield bytes;
    }
  }

  async end(): Promise<void> {
    while ((await this.#blocks.next()).done !== true);
  }

  async #chunk(most: number): Promise<Buffer> {
    while (this.#left.length === 0) {
      const next = await this.#blocks.next();
      if (next.done === true) throw broken(this.#doing, 'a file in it is longer than its data');
      this.#left = next.value;
    }
    const bytes = this.#left.subarray(0, most);
    this.#left = this.#left.subarray(bytes.length);
    this.#position += bytes.length;
    return bytes;
  }
}

/** The files of a cabinet, folder by folder. Throws an IntakeError, EndOfBytes, and what node:zlib throws. */
export async function* readCab(cursor: ByteCursor, doing: string): AsyncGenerator<PackedLog> {
  const { folders, entries, blockReserve } = await readCabinet(cursor, doing);
  const inOrder = [...folders.entries()].toSorted(([, a], [, b]) => a.dataAt - b.dataAt);
  for (const [number, folder] of inOrder) {
    const files = entries.filter((entry) => entry.folder === number).toSorted((a, b) => a.at - b.at);
    if (files.length === 0) continue;
    if (folder.kind !== compression.none && folder.kind !== compression.mszip) {
      const name = folder.kind === compression.lzx ? 'LZX' : 'Quantum';
      throw new IntakeError('intake.archive-kind', doing, { reason: `it is packed with ${name}` });
    }
    await skipTo(cursor, folder.dataAt, doing);
    const reader = new FolderReader(unpackedBlocks(cursor, folder, blockReserve, doing), doing);
    for (const file of files) yield { name: file.name, bytes: reader.file(file), isFolder: false };
    await reader.end();
  }
}
