import type { FileHandle } from 'node:fs/promises';

/** Bytes to be read in order into memory that the reader provides. */
export interface ByteSource {
  /** Fills `into` as far as there are bytes. @returns how many came; fewer than `into` has room for only at the end. */
  read(into: Uint8Array): Promise<number>;
}

/** Of a stream: a file's download, standard input, an entry of an archive. */
export function sourceOfChunks(chunks: AsyncIterable<Uint8Array>): ByteSource & { close(): Promise<void> } {
  const iterator = chunks[Symbol.asyncIterator]();
  let left: Uint8Array = new Uint8Array();
  let ended = false;
  return {
    async read(into) {
      let filled = 0;
      while (filled < into.length && !ended) {
        if (left.length === 0) {
          const next = await iterator.next();
          if (next.done === true) ended = true;
          else left = next.value;
          continue;
        }
        const part = left.subarray(0, into.length - filled);
        into.set(part, filled);
        filled += part.length;
        left = left.subarray(part.length);
      }
      return filled;
    },
    async close() {
      ended = true;
      await iterator.return?.();
    },
  };
}

/** Of an open file, from its beginning, straight into the reader's memory. */
export function sourceOfFile(file: FileHandle): ByteSource {
  return {
    async read(into) {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await file.read(into, filled, into.length - filled, null);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
  };
}

/** The bytes that were read already, then those that follow. */
export function sourceAfter(head: Uint8Array, rest: ByteSource): ByteSource {
  let left = head;
  return {
    async read(into) {
      const part = left.subarray(0, into.length);
      into.set(part);
      left = left.subarray(part.length);
      if (part.length === into.length) return part.length;
      return part.length + (await rest.read(into.subarray(part.length)));
    },
  };
}
