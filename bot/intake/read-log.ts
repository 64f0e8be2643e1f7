import { splitLines } from '../diagnosis/records/normalise.ts';
import type { NumberedLine } from '../diagnosis/records/records.ts';
import { type ByteSource, sourceAfter } from './byte-source.ts';
import { decodeText, findEncoding } from './encoding.ts';
import { LinePicker } from './line-picker.ts';
import { linePatterns } from './scan/line-patterns.ts';
import { Scanner } from './scan/scanner.ts';
import { TextWindow, type WindowSizes, windowSizes } from './text-window.ts';
import { utf8OfUtf16 } from './utf16-source.ts';

export interface ReadLogOptions {
  /** Lines of earlier texts: the first line here gets the next number. */
  readonly before?: number;
  readonly signal?: AbortSignal;
  /** Told after each block how many bytes of this log were read. */
  readonly onProgress?: (read: number) => void;
  /** Bytes that are read at most. */
  readonly cap?: number;
  /** Up to so many bytes a text is fed whole, as a message is. */
  readonly wholeUpTo?: number;
  readonly sizes?: WindowSizes;
}

export interface LogSize {
  readonly lines: number;
  /** As they are in the file, its byte order mark included. */
  readonly bytes: number;
  /** There was more than the cap, or a line was too long to be read whole. */
  readonly truncated: boolean;
}

const defaultWhole = 1024 * 1024;

/** Counts, stops at the cap, and lets the reader be stopped. */
class Metered implements ByteSource {
  bytes = 0;
  truncated = false;
  readonly #source: ByteSource;
  readonly #cap: number;
  readonly #options: Pick<ReadLogOptions, 'signal' | 'onProgress'>;

  constructor(source: ByteSource, { cap = Number.POSITIVE_INFINITY, ...options }: ReadLogOptions) {
    this.#source = source;
    this.#cap = cap;
    this.#options = options;
  }

  async read(into: Uint8Array): Promise<number> {
    this.#options.signal?.throwIfAborted();
    const room = Math.min(into.length, this.#cap - this.bytes);
    const read = await this.#source.read(into.subarray(0, room));
    this.bytes += read;
    if (room < into.length && read === room && !this.truncated)
      this.truncated = (await this.#source.read(new Uint8Array(1))) > 0;
    this.#options.onProgress?.(this.bytes);
    return read;
  }
}

/**
 * Feeds a diagnosis the lines of one log that can tell something, each with its number. One pass, in memory that does not grow with the log.
 * A short log is fed whole, and any log in UTF-8, UTF-16 or Windows-1252 is read. Rejects with the signal's reason.
 */
export async function readLog(
  source: ByteSource,
  feed: (line: NumberedLine) => void,
  options: ReadLogOptions = {},
): Promise<LogSize> {
  const { before = 0, wholeUpTo = defaultWhole, sizes = windowSizes } = options;
  const metered = new Metered(source, options);
  const head = Buffer.allocUnsafe(wholeUpTo + 1);
  const read = await metered.read(head);
  const begun = head.subarray(0, read);
  if (read <= wholeUpTo) {
    const lines = feedWhole(begun, feed, before);
    return { lines, bytes: metered.bytes, truncated: metered.truncated };
  }
  const { encoding, mark } = findEncoding(begun);
  const raw = sourceAfter(begun.subarray(mark), metered);
  const scanner = new Scanner(linePatterns, TextWindow.memory(sizes));
  const utf8 = encoding === 'utf-8' ? raw : utf8OfUtf16(raw, encoding);
  const window = new TextWindow(utf8, scanner, sizes);
  const picker = new LinePicker(window, scanner, feed, { before, longestLine: sizes.longestLine });
  do {
    await window.advance();
    options.signal?.throwIfAborted();
    picker.pick();
    window.release();
  } while (!window.isLast);
  const truncated = metered.truncated || window.cutLines > 0;
  return { lines: picker.end() - before, bytes: metered.bytes, truncated };
}

function feedWhole(bytes: Uint8Array, feed: (line: NumberedLine) => void, before: number): number {
  const lines = splitLines(decodeText(bytes));
  if (lines.at(-1) === '') lines.pop();
  for (const [index, text] of lines.entries()) feed({ line: before + index + 1, text });
  return lines.length;
}
