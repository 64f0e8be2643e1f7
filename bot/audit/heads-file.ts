import {
  closeSync,
  createReadStream,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { AuditError } from './audit-error.ts';
import { headLine, readHead, type SignedHead } from './signed-head.ts';

/** Longer than any line of the file. */
const longestLine = 1024;

/** Adds a head to the file (made when it is missing), on the disk before this returns. Throws an AuditError. */
export const appendHead = (file: string, head: SignedHead): void => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(file, 'a+', 0o644);
    try {
      // A line that a crash left without its end was never a head. A whole one may be another replica's of this moment.
      if (!endsWithLine(descriptor)) ftruncateSync(descriptor, endOfLastLine(descriptor));
      writeSync(descriptor, `${headLine(head)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new AuditError('audit.file-not-usable', `writing ${basename(file)}`, error);
  }
};

/** The lines of the file; undefined for one that is no head. Without a file: none. Throws an AuditError. */
export const readHeads = async (file: string): Promise<(SignedHead | undefined)[]> => {
  const heads: (SignedHead | undefined)[] = [];
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) heads.push(readHead(line));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new AuditError('audit.file-not-usable', `reading ${basename(file)}`, error);
  }
  // Without its line end it may be what a crash left; then it is no head, and no line.
  const last = readHead(rest);
  return last === undefined ? heads : [...heads, last];
};

/** Whether the file is empty or its last byte ends a line. */
const endsWithLine = (descriptor: number): boolean => {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  if (size > 0) readSync(descriptor, last, 0, 1, size - 1);
  return size === 0 || last.toString() === '\n';
};

/** Offset behind the last line end; 0 when there is none near the end. */
const endOfLastLine = (descriptor: number): number => {
  const { size } = fstatSync(descriptor);
  const from = Math.max(0, size - longestLine);
  const tail = Buffer.alloc(size - from);
  readSync(descriptor, tail, 0, tail.length, from);
  const at = tail.lastIndexOf('\n');
  // What is longer than a line is not cut: it shows as no head.
  return at === -1 && from > 0 ? size : from + at + 1;
};
