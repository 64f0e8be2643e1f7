import { boldLineColumns, codeColumns, cutLines } from '../cut-text.ts';
import type { Language } from '../languages/language.ts';
import { type OutsideText, outside } from '../outside-text.ts';
import { Words } from '../own-text.ts';
import { container, type Element, element, laidOut, type Spacing } from './element.ts';

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: Words | string;
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly size?: 'Small';
  readonly fontType?: 'Monospace';
}

export interface RunStyle {
  readonly bold?: true;
  readonly subtle?: true;
  readonly small?: true;
  readonly mono?: true;
}

/** One run: the only place where text from outside becomes part of a card. */
export function run(text: Words | OutsideText, style: RunStyle = {}): TextRun {
  return {
    type: 'TextRun',
    text: text instanceof Words ? text : text.plainCharacters(),
    ...(style.bold && { weight: 'Bolder' }),
    ...(style.subtle && { isSubtle: true }),
    ...(style.small && { size: 'Small' }),
    ...(style.mono && { fontType: 'Monospace' }),
  };
}

/** Our words or text from outside (takes the line's style), or a run with its own. */
export type SimplePart = Words | OutsideText | TextRun;

/** What each language divides in its own way. */
interface DividedText {
  readonly divided: (language: Language) => readonly SimplePart[];
}

export type Part = SimplePart | DividedText;

interface LineProperties {
  readonly spacing?: Spacing;
  readonly horizontalAlignment?: 'Right' | 'Center';
  /** Characters of a word that fit; a longer one is cut into lines. Left out: what fits a phone's card over its whole width. */
  readonly columns?: number;
}

/**
 * One RichTextBlock, or several close together when a word is too long to fit: clients do not break one.
 * Blanks at the start of a run move to the end of the one before, since Android drops them at the start.
 */
export function textLine(
  parts: readonly Part[],
  style: RunStyle = {},
  { columns, ...properties }: LineProperties = {},
): Element {
  const fits = columns ?? (style.mono ? codeColumns : style.bold ? boldLineColumns : style.small ? 32 : 28);
  return laidOut((language) => {
    const lines = linesOf(runsOf(parts, style, language), fits);
    const blocks = lines.map((inlines, index) =>
      element('RichTextBlock', { ...properties, ...(index > 0 && { spacing: 'None' }), inlines }),
    );
    const [only] = blocks;
    if (only !== undefined && blocks.length === 1) return only;
    return container(blocks, properties.spacing === undefined ? {} : { spacing: properties.spacing });
  });
}

/** A run whose language is known. */
type SpokenRun = TextRun & { readonly text: string };

function runsOf(parts: readonly Part[], style: RunStyle, language: Language): readonly SpokenRun[] {
  const runs: SpokenRun[] = [];
  const all = parts.flatMap((part) => ('divided' in part ? part.divided(language) : [part]));
  for (const part of all) {
    const { text, ...properties } = isRun(part) ? { ...sizeOf(style), ...part } : run(part, style);
    const made = { ...properties, text: text instanceof Words ? text.in(language) : text };
    const start = made.text.trimStart();
    const before = runs.at(-1);
    if (start.length < made.text.length && before !== undefined && !before.text.endsWith(' ')) {
      runs[runs.length - 1] = { ...before, text: `${before.text} ` };
    }
    if (start !== '') runs.push({ ...made, text: start });
  }
  return runs;
}

/** Places at which a long word is cut, when there is one. */
const joints = '.,;:=/\\_-@>';

function linesOf(runs: readonly SpokenRun[], columns: number): readonly (readonly SpokenRun[])[] {
  const lines: SpokenRun[][] = [[]];
  /** Characters since the last blank of the line. */
  let open = 0;
  for (const whole of runs) {
    let text = '';
    const flush = () => {
      if (text !== '') lines.at(-1)?.push({ ...whole, text });
      text = '';
    };
    for (const word of whole.text.split(/(?<= )/)) {
      const length = word.trimEnd().length;
      // A full stop or a bracket does not go to a line of its own.
      if (open + length <= columns + (length <= 2 ? 2 : 0)) {
        text += word;
        open = word.endsWith(' ') ? 0 : open + length;
        continue;
      }
      if (open > 0 && length <= columns) {
        // The word fits on a line of its own: it only must not hang on the one before it.
        flush();
        lines.push([]);
        text = word;
        open = word.endsWith(' ') ? 0 : length;
        continue;
      }
      for (const [index, piece] of cutLines(word.trimEnd(), columns, joints).entries()) {
        if (index > 0 || open > 0) {
          flush();
          lines.push([]);
        }
        text += piece;
        open = piece.length;
      }
      // Its blank stays behind it: none may stand at the start of a run.
      text += word.slice(length);
      if (length < word.length) open = 0;
    }
    flush();
  }
  return lines.filter((line, index) => line.length > 0 || (index === 0 && lines.length === 1));
}

function isRun(part: SimplePart): part is TextRun {
  return 'type' in part;
}

/** What a run with its own style still takes from its line. */
function sizeOf(style: RunStyle): Pick<TextRun, 'size' | 'fontType'> {
  return { ...(style.small && { size: 'Small' }), ...(style.mono && { fontType: 'Monospace' }) };
}

/** Lines of text from outside, none cut further, the first with the spacing given, the others close below it. */
export function outsideLines(
  lines: readonly string[],
  style: RunStyle,
  spacing?: Spacing,
): readonly Element[] {
  return lines.map((text, index) => {
    const place = index > 0 ? 'None' : spacing;
    return textLine([outside(text)], style, place === undefined ? {} : { spacing: place });
  });
}
