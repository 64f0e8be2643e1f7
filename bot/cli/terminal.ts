import type { Readable } from 'node:stream';
import { styleText } from 'node:util';
import { visibleText } from './visible-text.ts';

/** What a command sees of the world outside. */
export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: Readable;
  readonly env: NodeJS.ProcessEnv;
}

export type Mark = 'good' | 'bad' | 'warning' | 'skipped';

const marks = {
  good: { glyph: '✓', style: 'green' },
  bad: { glyph: '✕', style: 'red' },
  warning: { glyph: '!', style: 'yellow' },
  skipped: { glyph: '○', style: 'dim' },
} as const;

/** Writes lines for people. Everything is made visible; colours only where the stream is a terminal and NO_COLOR is unset. */
export class Printer {
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  line(text = ''): void {
    this.#stream.write(`${visibleText(text)}\n`);
  }

  heading(text: string): void {
    this.#stream.write(`${this.#styled('bold', visibleText(text))}\n`);
  }

  /** "✓ text", the glyph in its colour. `indent` in columns. */
  marked(mark: Mark, text: string, indent = 0): void {
    const { glyph, style } = marks[mark];
    this.#stream.write(`${' '.repeat(indent)}${this.#styled(style, glyph)} ${visibleText(text)}\n`);
  }

  #styled(style: 'bold' | 'green' | 'red' | 'yellow' | 'dim', text: string): string {
    return styleText(style, text, { stream: this.#stream });
  }
}
