const blank = /[\t\r\n\u0085\u2028\u2029]+/g;
/** Control, format, private and unpaired surrogate characters, and letters that show nothing. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Text from outside: host, path, person, log line, site, account. Not a string, so it fits only where a TextRun (or a
 * label that no client reads as Markdown) is made. Line breaks and tabs are a blank; an invisible character is U+FFFD,
 * so that it neither hides nor reorders anything; empty text is a dash.
 */
export class OutsideText {
  readonly #characters: string;

  constructor(text: string) {
    const shown = text.replace(blank, ' ').replace(invisible, '\uFFFD').trim();
    this.#characters = shown === '' ? '–' : shown;
  }

  /** For the builders of TextRun, button label and compact choice only. */
  plainCharacters(): string {
    return this.#characters;
  }

  /** The same text, shortened or cut. */
  map(change: (characters: string) => string): OutsideText {
    return new OutsideText(change(this.#characters));
  }

  lines(cut: (characters: string) => readonly string[]): readonly OutsideText[] {
    return cut(this.#characters).map(outside);
  }
}

export function outside(text: string): OutsideText {
  return new OutsideText(text);
}
