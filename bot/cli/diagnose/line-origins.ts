import type { LogPart } from '../../intake/diagnose-logs.ts';

export interface LineOrigin {
  readonly file: string;
  /** 1 for the first line of that file. */
  readonly line: number;
}

/** The way back from a line of all logs, read as one, to its file. */
export class LineOrigins {
  readonly #parts: readonly LogPart[];

  constructor(parts: readonly LogPart[]) {
    this.#parts = parts;
  }

  /** More than one log: evidence has to say which. */
  get severalFiles(): boolean {
    return this.#parts.length > 1;
  }

  /** @param line Among all lines, from 1. */
  originOf(line: number): LineOrigin {
    const part = this.#parts.findLast(
      ({ firstLine, lines }) => firstLine <= line && line < firstLine + lines,
    );
    if (part === undefined) throw new RangeError(`line ${line} is in no file`);
    return { file: part.name, line: line - part.firstLine + 1 };
  }
}
