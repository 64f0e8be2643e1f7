import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { decodeText } from './decode-text.ts';
import { FileError } from './file-error.ts';

export interface Input {
  readonly text: string;
  /** There was more than the limit. */
  readonly cut: boolean;
}

/** The text of a file, or of standard input for "-", but no more than its first `limit` bytes. Throws a FileError. */
export async function readInput(path: string, stdin: Readable, limit: number): Promise<Input> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // One byte more than the limit tells whether there is more.
    for await (const chunk of path === '-' ? stdin : createReadStream(path, { end: limit })) {
      chunks.push(Buffer.from(chunk));
      size += chunks.at(-1)?.length ?? 0;
      if (size > limit) break;
    }
  } catch (error) {
    throw new FileError('cli.file-not-readable', `reading ${path}`, error);
  }
  return { text: decodeText(Buffer.concat(chunks).subarray(0, limit)), cut: size > limit };
}
