import type { ByteSource } from './byte-source.ts';
import { carriageReturn, endsBefore, lineFeed } from './line-ends.ts';
import type { Scanner } from './scan/scanner.ts';

export interface WindowSizes {
  /** Bytes that are read at once. */
  readonly block: number;
  /** Bytes before the next line that stay, for lines that belong to one that comes after them. */
  readonly history: number;
  /** Bytes of one line that are read; the rest of a longer one is left out. */
  readonly longestLine: number;
}

export const windowSizes: WindowSizes = {
  block: 1024 * 1024,
  history: 64 * 1024,
  longestLine: 1024 * 1024,
};

/** Zeros that may be put behind the last byte. */
const pad = 64;

/** What may be kept in front of a block: old lines, and one that has not ended. */
const roomBefore = ({ block, history, longestLine }: WindowSizes): number =>
  history + Math.max(longestLine, block);

/**
 * Moves a text through a scanner's memory: while one half is looked at, the next block is read into the other. A line is never
 * cut in two, except one that is longer than the longest.
 */
export class TextWindow {
  readonly text: Buffer;
  /** Of what is kept, the first byte of a line. */
  floor = 0;
  /** The next line begins here. */
  at = 0;
  /** Whole lines end before this. */
  limit = 0;
  /** Nothing comes after `limit`. */
  isLast = false;
  readonly #source: ByteSource;
  readonly #scanner: Scanner;
  readonly #sizes: WindowSizes;
  readonly #room: number;
  #end = 0;
  #half = 1;
  #next: Promise<number>;
  /** In the middle of a line of which enough was read. */
  #skipping = false;
  #skippedEnds = 0;
  #inLine = false;
  #cutLines = 0;

  /** @returns the bytes of memory that a scanner needs for windows of this size. */
  static memory(sizes: WindowSizes): number {
    return 2 * (roomBefore(sizes) + sizes.block + pad);
  }

  constructor(source: ByteSource, scanner: Scanner, sizes: WindowSizes) {
    this.#source = source;
    this.#scanner = scanner;
    this.#sizes = sizes;
    this.#room = roomBefore(sizes);
    const { buffer, byteOffset, length } = scanner.text;
    this.text = Buffer.from(buffer, byteOffset, length);
    this.at = this.floor = this.limit = this.#end = this.#dataOf(1);
    this.#next = this.#readInto(0);
  }

  /** Lines of which only the beginning was read. */
  get cutLines(): number {
    return this.#cutLines;
  }

  /** Ends of cut lines that were passed since the last call. */
  takeSkippedEnds(): number {
    const ends = this.#skippedEnds;
    this.#skippedEnds = 0;
    return ends;
  }

  /** The text ends inside a line. Only to be asked at its end. */
  get endsInLine(): boolean {
    return this.#skipping || this.#inLine;
  }

  #dataOf(half: number): number {
    return half * (this.#room + this.#sizes.block + pad) + this.#room;
  }

  #readInto(half: number): Promise<number> {
    const data = this.#dataOf(half);
    const reading = this.#source.read(this.text.subarray(data, data + this.#sizes.block));
    // Nobody may come to ask for it, when the reading is stopped.
    reading.catch(() => undefined);
    return reading;
  }

  /** Brings the next lines. @returns the bytes that were read; 0 when there are none left and the window is as it was. */
  async advance(): Promise<number> {
    const read = await this.#next;
    const half = 1 - this.#half;
    const data = this.#dataOf(half);
    // What is kept moves in front of the new bytes.
    const kept = this.#end - this.floor;
    this.text.copyWithin(data - kept, this.floor, this.#end);
    const shift = data - this.#end;
    this.floor += shift;
    this.at += shift;
    this.#half = half;
    this.#end = data + read;
    this.isLast = read < this.#sizes.block;
    if (!this.isLast) this.#next = this.#readInto(1 - half);
    this.text.fill(0, this.#end, this.#end + pad);
    if (this.#skipping) this.#skip();
    this.limit = this.#skipping ? this.at : this.isLast ? this.#end : this.#lastLineEnd();
    const isEndless = this.limit === this.at && this.#end - this.at > this.#sizes.longestLine;
    if (isEndless && !this.isLast && !this.#skipping) this.#cut();
    return read;
  }

  /** Call it when every line before `limit` was looked at: only what later lines may need stays. */
  release(): void {
    if (this.#skipping) {
      // The end of the cut line may be here already; the next advance looks for it.
      this.floor = this.at = this.limit;
      return;
    }
    if (this.limit > this.floor) this.#inLine = !endsBefore(this.text, this.limit);
    const oldest = this.limit - this.#sizes.history;
    if (oldest > this.floor) {
      const end = this.#scanner.lineEnd(oldest, this.limit);
      this.floor = end === this.limit ? end : this.afterLineEnd(end);
    }
    this.at = this.limit;
  }

  /** @returns where the line after a line end begins. `end` may be the end of the text. */
  afterLineEnd(end: number): number {
    if (end >= this.#end) return end;
    const byte = this.text[end];
    if (byte === lineFeed) return end + 1;
    if (byte === carriageReturn) return this.text[end + 1] === lineFeed ? end + 2 : end + 1;
    return end + 3;
  }

  #lastLineEnd(): number {
    const { text, at } = this;
    const feed = text.subarray(at, this.#end).lastIndexOf(lineFeed);
    if (feed >= 0) return at + feed + 1;
    // What follows the last byte, and with it whether a carriage return stands alone, is not known yet.
    const lone = text.subarray(at, Math.max(at, this.#end - 1)).lastIndexOf(carriageReturn);
    return lone < 0 ? at : at + lone + 1;
  }

  /** The beginning of the line counts as the whole line. */
  #cut(): void {
    this.limit = this.at + this.#sizes.longestLine;
    this.#skipping = true;
    this.#cutLines += 1;
  }

  #skip(): void {
    const end = this.#scanner.lineEnd(this.at, this.#end);
    const undecided = this.isLast ? 0 : this.#undecided();
    if (end >= this.#end - undecided) {
      this.at = this.floor = this.#end - undecided;
      return;
    }
    this.#skipping = false;
    this.#skippedEnds += 1;
    this.at = this.floor = this.afterLineEnd(end);
  }

  /** So many of the last bytes may be the beginning of a line end, of which the rest is not here yet. */
  #undecided(): number {
    const [before, last] = [this.text[this.#end - 2], this.text[this.#end - 1]];
    if (last === carriageReturn || last === 0xe2) return 1;
    return before === 0xe2 && last === 0x80 ? 2 : 0;
  }
}
