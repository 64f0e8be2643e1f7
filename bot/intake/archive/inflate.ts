import { Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import type { ByteCursor } from './byte-cursor.ts';

const chunkBytes = 64 * 1024;

/** Unpacks gzip, also several parts one after another. Throws what node:zlib throws. */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes);
  const stream = createGunzip({ chunkSize: chunkBytes });
  source.on('error', (error) => stream.destroy(error));
  try {
    yield* source.pipe(stream);
  } finally {
    source.destroy();
  }
}

/**
 * Unpacks one deflated entry and leaves the cursor behind it: its end is where the compression says, whatever a header says.
 * Throws what node:zlib throws.
 */
export async function* inflateNext(cursor: ByteCursor): AsyncGenerator<Uint8Array> {
  const fed: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  let total = 0;
  const stream = createInflateRaw({ chunkSize: chunkBytes });
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      const bytes = await cursor.chunk(chunkBytes);
      if (bytes === undefined) return;
      while (fed[0] !== undefined && fed[0].from + fed[0].bytes.length <= stream.bytesWritten) fed.shift();
      fed.push({ from: total, bytes });
      total += bytes.length;
      yield bytes;
    }
  };
  const source = Readable.from(chunks(), { highWaterMark: 1 });
  source.on('error', (error) => stream.destroy(error));
  try {
    yield* source.pipe(stream);
  } finally {
    source.unpipe(stream);
    source.destroy();
  }
  const consumed = stream.bytesWritten;
  const unread = fed.map(({ from, bytes }) => bytes.subarray(Math.max(0, consumed - from)));
  cursor.putBack(Buffer.concat(unread));
}
