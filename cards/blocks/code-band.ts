import { codeColumns, pathLines, wordLines } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, verbatim } from '../own-text.ts';
import { container, type Element, type Spacing } from './element.ts';
import { outsideLines, type Part, run, textLine } from './text-line.ts';

/** Monospace lines over the whole width of the card. */
export function codeBand(lines: readonly Element[]): Element {
  return container(lines, { style: 'emphasis', bleed: true, spacing: 'Medium' });
}

/** One line of code; parts of ours are plain, runs bring their own weight. */
export function codeLine(parts: readonly Part[], spacing: Spacing = 'Small'): Element {
  return textLine(parts, { mono: true, small: true }, { spacing });
}

/** Where the lines below it come from, in the normal font. */
export function sourceLine(parts: readonly Part[], spacing: Spacing = 'Small'): Element {
  return textLine(parts, { small: true, subtle: true }, { spacing });
}

/**
 * A command in lines as it is typed, the rest of a longer line close below it; a word of more than 36 columns is cut after its
 * punctuation. A line ends between two words, since clients break one after a hyphen, and `-Last` would read as `- Last`.
 */
export function commandBand(command: string): Element {
  return codeBand(
    command.split('\n').flatMap((line) =>
      wordLines(line, codeColumns)
        .filter((part) => part.trim() !== '')
        .map((part, index) => codeLine([outside(part)], index === 0 ? 'Small' : 'None')),
    ),
  );
}

/** Label and a long value below it over the full width: for paths, hashes and lines of XML in Details. */
export function longValue(label: OwnText, lines: readonly string[]): Element {
  return container(
    [
      textLine([label], { small: true, subtle: true }),
      ...outsideLines(lines, { mono: true, small: true }, 'None'),
    ],
    { spacing: 'Small' },
  );
}

export function pathValue(label: OwnText, path: string): Element {
  return longValue(label, pathLines(path));
}

/** Label and a sentence of ours below it. */
export function longWords(label: OwnText, words: readonly Part[]): Element {
  return container(
    [textLine([label], { small: true, subtle: true }), textLine(words, {}, { spacing: 'None' })],
    {
      spacing: 'Small',
    },
  );
}

/** The first 16 and the last 4 digits of a hash. */
export function shortHash(hash: string): string {
  return hash.length <= 24 ? hash : `${hash.slice(0, 16)}…${hash.slice(-4)}`;
}

/** A line of ours in bold monospace inside a sentence: a command, a file, a word of a log. */
export function code(text: string) {
  return run(verbatim(text), { bold: true, mono: true, small: true });
}
