import { splitLines } from '../diagnosis/normalise.ts';

export interface LineOrigin {
  readonly file: string;
  /** 1 for the first line of that file. */
  readonly line: number;
}

/** Several texts read as one, with the way back from a line of the whole to its file. */
export class LineOrigins {
  readonly #parts: { readonly file: string; readonly text: string; readonly lines: number }[] = [];

  add(file: string, text: string): void {
    const ended = splitLines(text).at(-1) === '';
    this.#parts.push({
      file,
      text: ended ? text : `${text}\n`,
      lines: splitLines(text).length - (ended ? 1 : 0),
    });
  }

  /** More than one file: evidence has to say which. */
  get severalFiles(): boolean {
    return this.#parts.length > 1;
  }

  text(): string {
    return this.#parts.map(({ text }) => text).join('');
  }

  /** @param line of the whole text, from 1. */
  originOf(line: number): LineOrigin {
    let before = 0;
    for (const { file, lines } of this.#parts) {
      if (line <= before + lines) return { file, line: line - before };
      before += lines;
    }
    throw new RangeError(`line ${line} of ${before}`);
  }
}
