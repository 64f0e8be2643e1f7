import { ByteCursor, EndOfBytes } from './archive/byte-cursor.ts';
import { readCab } from './archive/cab.ts';
import { Expansion, type OpenLimits } from './archive/expansion.ts';
import { gunzip } from './archive/inflate.ts';
import type { PackedLog } from './archive/packed-log.ts';
import { readZip } from './archive/zip.ts';
import { fileKind, kindBytes } from './file-kind.ts';
import { IntakeError } from './intake-error.ts';

/** One log: a plain file, or what an archive holds under a name. Its bytes are read, or left, before the next is asked for. */
export interface OpenedLog {
  /** As the archive or the caller names it; never used as a path. Outside text. */
  readonly name: string;
  /** What the archives around it are called, the outermost first. */
  readonly inside: readonly string[];
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface SkippedFile {
  readonly name: string;
  readonly error: IntakeError;
}

export interface OpenLogsOptions {
  /** Of the file. Outside text. */
  readonly name: string;
  readonly limits?: Partial<OpenLimits>;
  /** Told of files in an archive that are no logs; the others are still opened. */
  readonly onSkipped?: (file: SkippedFile) => void;
}

/** An archive in an archive is opened, one in that one is not. */
const deepest = 2;

interface Opening {
  readonly expansion: Expansion;
  readonly inside: readonly string[];
  readonly onSkipped: (file: SkippedFile) => void;
}

/**
 * Finds out by the first bytes whether a file is a log or an archive of logs (gzip, zip, cab), and opens each log in it as a stream.
 * An archive inside an archive is opened too, one level deep. Throws an IntakeError, also while an entry is being read, and what the
 * source throws.
 */
export async function* openLogs(
  bytes: AsyncIterable<Uint8Array>,
  { name, limits = {}, onSkipped = () => undefined }: OpenLogsOptions,
): AsyncGenerator<OpenedLog> {
  const expansion = new Expansion(readingOf([], name), limits);
  const cursor = new ByteCursor(expansion.file(bytes));
  try {
    yield* open(cursor, name, { expansion, inside: [], onSkipped });
  } finally {
    await cursor.close();
  }
}

const readingOf = (inside: readonly string[], name: string): string =>
  `reading ${[...inside, name].join(' › ')}`;

async function* open(cursor: ByteCursor, name: string, opening: Opening): AsyncGenerator<OpenedLog> {
  const { inside, expansion, onSkipped } = opening;
  const doing = readingOf(inside, name);
  const found = fileKind(await cursor.peek(kindBytes));
  if (found.kind === 'text') {
    yield { name, inside, bytes: withoutReturn(cursor.rest()) };
    return;
  }
  if (found.kind === 'not-text' || found.kind === 'other-archive') {
    const code = found.kind === 'not-text' ? 'intake.not-text' : 'intake.archive-kind';
    const reason =
      found.kind === 'not-text' && found.name !== undefined ? `it is ${found.name}, not text` : undefined;
    const error = new IntakeError(code, doing, {
      ...(found.kind === 'other-archive' ? { reason: `${found.name} cannot be read` } : {}),
      ...(reason === undefined ? {} : { reason }),
    });
    if (inside.length === 0) throw error;
    onSkipped({ name: [...inside, name].join(' › '), error });
    return;
  }
  if (inside.length >= deepest) throw new IntakeError('intake.archive-nested', doing);
  const entries =
    found.kind === 'gzip'
      ? gzipEntry(cursor, name)
      : found.kind === 'zip'
        ? readZip(cursor, doing)
        : readCab(cursor, doing);
  yield* mended(openEntries(entries, { ...opening, inside: [...inside, name] }, expansion), doing);
}

async function* openEntries(
  entries: AsyncIterable<PackedLog>,
  opening: Opening,
  expansion: Expansion,
): AsyncGenerator<OpenedLog> {
  for await (const { name, bytes, isFolder } of entries) {
    if (!isFolder) {
      expansion.addEntry();
      yield* open(new ByteCursor(expansion.contents(withoutReturn(bytes))), name, opening);
    }
    // What nobody read of it lies before the next one.
    for (;;) {
      const { done, value } = await bytes.next();
      if (done === true) break;
      expansion.addBytes(value.length);
    }
  }
}

/** Gzip may name its file; what it was called before it was packed is as good. */
async function* gzipEntry(cursor: ByteCursor, name: string): AsyncGenerator<PackedLog> {
  const unpacked = (name.split(/[/\\]/).at(-1) ?? name).replace(/\.t?gz$/i, '');
  yield { name: unpacked, bytes: gunzip(cursor.rest()), isFolder: false };
}

/** A reader that leaves early must not close what the next entry is read from. */
const withoutReturn = (bytes: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }),
});

/** Says of a broken archive what it is, in place of the library's words. */
async function* mended(logs: AsyncGenerator<OpenedLog>, doing: string): AsyncGenerator<OpenedLog> {
  try {
    for await (const log of logs) yield { ...log, bytes: mendedBytes(log.bytes, doing) };
  } catch (error) {
    throw asIntakeError(error, doing);
  }
}

async function* mendedBytes(bytes: AsyncIterable<Uint8Array>, doing: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw asIntakeError(error, doing);
  }
}

function asIntakeError(error: unknown, doing: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isBroken = error instanceof EndOfBytes || code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE';
  return isBroken && !(error instanceof IntakeError)
    ? new IntakeError('intake.archive-broken', doing, { cause: error })
    : error;
}
