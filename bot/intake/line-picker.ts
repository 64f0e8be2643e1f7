import { beginsEntry, mostContext } from '../diagnosis/anchors.ts';
import { nearbyLines } from '../diagnosis/faults/fault-draft.ts';
import type { NumberedLine } from '../diagnosis/records/records.ts';
import { decodeLine } from './encoding.ts';
import { carriageReturn, endsBefore, lineFeed, separatorBefore } from './line-ends.ts';
import { linePatterns, separatorPattern } from './scan/line-patterns.ts';
import { loneReturn, type Scanner } from './scan/scanner.ts';
import type { TextWindow } from './text-window.ts';

const separator = linePatterns.indexOf(separatorPattern);
/** The first lines say what log it is and which columns it has. */
const head = mostContext;
const begunByAnyLog = 19;

interface Line {
  readonly begin: number;
  /** Where its end, or the end of the text, stands. */
  readonly end: number;
}

/**
 * Picks the lines out of a text that tell something, with their numbers: those that hold an anchor, those that belong to the same entry, and
 * around a fault that is told field by field the lines near it.
 */
export class LinePicker {
  readonly #window: TextWindow;
  readonly #scanner: Scanner;
  readonly #feed: (line: NumberedLine) => void;
  readonly #longestLine: number;
  /** Line ends before `#window.at`. */
  #ends: number;
  /** The number of the last line that was fed. */
  #fed: number;
  /** Lines that still belong to the entry of the last one, at most. */
  #following = 0;
  /** Lines to be fed whatever they are. */
  #wanted = head;

  /** @param before Lines of earlier texts: the first one here has the next number. */
  constructor(
    window: TextWindow,
    scanner: Scanner,
    feed: (line: NumberedLine) => void,
    { before, longestLine }: { readonly before: number; readonly longestLine: number },
  ) {
    this.#window = window;
    this.#scanner = scanner;
    this.#feed = feed;
    this.#longestLine = longestLine;
    this.#ends = before;
    this.#fed = before;
  }

  /** Looks at the lines of the window. */
  pick(): void {
    const window = this.#window;
    this.#ends += window.takeSkippedEnds();
    while (window.at < window.limit) {
      if (this.#wanted > 0 || this.#following > 0) {
        this.#readNext();
        continue;
      }
      const found = this.#find();
      if (found === undefined) return;
      this.#take(found);
    }
  }

  /** @returns the lines of the text and those before it. */
  end(): number {
    return this.#ends + (this.#window.endsInLine ? 1 : 0);
  }

  /** Goes on to the next line with an anchor. */
  #find(): Line | undefined {
    const window = this.#window;
    const scanner = this.#scanner;
    // Beyond the last byte there are zeros: a carriage return there stands alone.
    const limit = window.isLast ? window.limit + 3 : window.limit;
    const separatorAtEnd = this.#separatorAtEnd();
    for (;;) {
      const beforeSeparator = separatorAtEnd >= window.at;
      const place = scanner.scan(window.at, beforeSeparator ? separatorAtEnd : limit);
      this.#ends += scanner.lineFeeds;
      if (place < 0 && beforeSeparator) {
        this.#ends += 1;
        window.at = separatorAtEnd + 3;
        continue;
      }
      if (place < 0) {
        window.at = window.limit;
        return undefined;
      }
      const { found } = scanner;
      if (found === loneReturn || found === separator) {
        this.#ends += 1;
        window.at = place + (found === loneReturn ? 1 : 3);
        continue;
      }
      return { begin: this.#beginOf(place), end: scanner.lineEnd(place, window.limit) };
    }
  }

  /** @returns the place of a separator right before the line end at the limit: too close to it to be found by its pattern; -1 for none. */
  #separatorAtEnd(): number {
    const { text, limit, isLast } = this.#window;
    return !isLast && separatorBefore(text, limit - 1) ? limit - 4 : -1;
  }

  #beginOf(place: number): number {
    const { text, floor } = this.#window;
    let at = place;
    while (at > floor && !endsBefore(text, at)) at -= 1;
    return at;
  }

  #take({ begin, end }: Line): void {
    const number = this.#ends + 1;
    const text = this.#textOf({ begin, end });
    const before = isFieldByField(text)
      ? this.#linesBefore(begin, nearbyLines, false)
      : this.#begins(begin, text)
        ? []
        : this.#linesBefore(begin, mostContext, true);
    let each = number - before.length;
    for (const line of before.toReversed()) {
      if (each > this.#fed) this.#feed({ line: each, text: this.#textOf(line) });
      each += 1;
    }
    this.#deliver(text, end);
  }

  /** Feeds the line that ends here, and goes on behind it. */
  #deliver(text: string, end: number): void {
    const window = this.#window;
    const number = this.#ends + 1;
    this.#feed({ line: number, text });
    this.#fed = number;
    if (isFieldByField(text)) this.#wanted = Math.max(this.#wanted, nearbyLines);
    this.#following = mostContext;
    this.#passLine(end);
    if (window.at > window.limit) window.at = window.limit;
  }

  #passLine(end: number): void {
    const window = this.#window;
    window.at = end === window.limit ? end : window.afterLineEnd(end);
    if (window.at > end) this.#ends += 1;
  }

  /** Feeds the next line where it is wanted, or belongs to the one before. */
  #readNext(): void {
    const window = this.#window;
    const end = this.#scanner.lineEnd(window.at, window.limit);
    const wanted = this.#wanted > 0;
    if (!wanted && this.#begins(window.at)) {
      this.#following = 0;
      return;
    }
    const text = this.#textOf({ begin: window.at, end });
    if (!wanted && (text.trim() === '' || beginsEntry(text))) {
      this.#following = 0;
      return;
    }
    const following = this.#following - 1;
    this.#wanted = Math.max(0, this.#wanted - 1);
    this.#deliver(text, end);
    if (!wanted) this.#following = following;
  }

  /** The lines before, the nearest first: as far as the one that begins their entry, or so many. */
  #linesBefore(begin: number, most: number, sameEntry: boolean): Line[] {
    const { floor, text } = this.#window;
    const lines: Line[] = [];
    let next = begin;
    while (lines.length < most && next > floor) {
      const end = this.#endBefore(next);
      const line = { begin: this.#beginOf(end), end };
      const written = sameEntry ? this.#textOf(line) : '';
      if (sameEntry && written.trim() === '') break;
      lines.push(line);
      if (sameEntry && (beginsLikeALog(text, line.begin) || beginsEntry(written))) break;
      next = line.begin;
    }
    return lines;
  }

  /** @returns where the end of the line before begins. */
  #endBefore(begin: number): number {
    const { text } = this.#window;
    const last = text[begin - 1];
    if (last === lineFeed) return text[begin - 2] === carriageReturn ? begin - 2 : begin - 1;
    return last === carriageReturn ? begin - 1 : begin - 3;
  }

  #begins(begin: number, text?: string): boolean {
    if (beginsLikeALog(this.#window.text, begin)) return true;
    return text !== undefined && beginsEntry(text);
  }

  #textOf({ begin, end }: Line): string {
    return decodeLine(this.#window.text, begin, Math.min(end, begin + this.#longestLine));
  }
}

/** A field of a fault without the address of its service in the same line: the other fields stand in lines of their own. */
const isFieldByField = (text: string): boolean =>
  (text.includes('rrorCode') || text.includes('parameters.')) && !/[Mm]ethod|[Aa]ctor/.test(text);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** "2026-10-01 07:24:38": told without making a string of the line. What it does not know may still begin an entry. */
function beginsLikeALog(text: Buffer, at: number): boolean {
  for (let place = 0; place < begunByAnyLog; place += 1) {
    const byte = text[at + place];
    if (place === 4 || place === 7) {
      if (byte !== 0x2d) return false;
    } else if (place === 10) {
      if (byte !== 0x20 && byte !== 0x09) return false;
    } else if (place === 13 || place === 16) {
      if (byte !== 0x3a) return false;
    } else if (!isDigit(byte)) return false;
  }
  const after = text[at + begunByAnyLog];
  return after === 0x2e || after === 0x3a || after === 0x20 || after === 0x09;
}
