import { deflateRawSync } from 'node:zlib';

const blockBytes = 32_768;

export interface CabFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A cabinet of one folder, as [MS-CAB] describes it. `kind` is the folder's compression: 0 none, 1 MSZIP, 3 LZX (data as they are). */
export function cabOf(files: readonly CabFile[], kind: 0 | 1 | 3, flags = 0): Buffer {
  const content = Buffer.concat(files.map(({ bytes }) => bytes));
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += blockBytes) {
    const plain = content.subarray(at, at + blockBytes);
    const dictionary = content.subarray(Math.max(0, at - blockBytes), at);
    const packed =
      kind === 1
        ? Buffer.concat([Buffer.from('CK'), deflateRawSync(plain, at === 0 ? {} : { dictionary })])
        : plain;
    const head = Buffer.alloc(8);
    head.writeUInt16LE(packed.length, 4);
    head.writeUInt16LE(plain.length, 6);
    blocks.push(head, packed);
  }
  let offset = 0;
  const entries = files.map(({ name, bytes }) => {
    const fields = Buffer.alloc(16);
    fields.writeUInt32LE(bytes.length, 0);
    fields.writeUInt32LE(offset, 4);
    offset += bytes.length;
    return Buffer.concat([fields, Buffer.from(`${name}\0`)]);
  });
  const directory = Buffer.concat(entries);
  const header = Buffer.alloc(44);
  header.write('MSCF', 0, 'latin1');
  header.writeUInt32LE(44, 16);
  header.writeUInt16LE(0x0103, 24);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(files.length, 28);
  header.writeUInt16LE(flags, 30);
  header.writeUInt32LE(44 + directory.length, 36);
  header.writeUInt16LE(blocks.length / 2, 40);
  header.writeUInt16LE(kind, 42);
  return Buffer.concat([header, directory, ...blocks]);
}

export async function* inChunks(bytes: Uint8Array, step = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}
