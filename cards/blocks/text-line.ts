import { type OutsideText, outside } from '../outside-text.ts';
import type { OwnText } from '../own-text.ts';
import { type Element, element, type Spacing } from './element.ts';

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
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
export function run(text: OwnText | OutsideText, style: RunStyle = {}): TextRun {
  return {
    type: 'TextRun',
    text: typeof text === 'string' ? text : text.plainCharacters(),
    ...(style.bold && { weight: 'Bolder' }),
    ...(style.subtle && { isSubtle: true }),
    ...(style.small && { size: 'Small' }),
    ...(style.mono && { fontType: 'Monospace' }),
  };
}

/** Our words or text from outside (takes the line's style), or a run with its own. */
export type Part = OwnText | OutsideText | TextRun;

/**
 * One RichTextBlock. Blanks at the start of a run move to the end of the one before: Android drops them at the start.
 * The source of the rule: cards.md 2 "Runs".
 */
export function textLine(
  parts: readonly Part[],
  style: RunStyle = {},
  properties: { readonly spacing?: Spacing; readonly horizontalAlignment?: 'Right' | 'Center' } = {},
): Element {
  const runs: TextRun[] = [];
  for (const part of parts) {
    const made = isRun(part) ? { ...sizeOf(style), ...part } : run(part, style);
    const start = made.text.trimStart();
    const lead = made.text.slice(0, made.text.length - start.length).replaceAll('\u00a0', ' ');
    const before = runs.at(-1);
    if (lead !== '' && before !== undefined && !before.text.endsWith(' ')) {
      runs[runs.length - 1] = { ...before, text: `${before.text} ` };
    }
    if (start !== '') runs.push({ ...made, text: start });
  }
  return element('RichTextBlock', { ...properties, inlines: runs });
}

function isRun(part: Part): part is TextRun {
  return typeof part === 'object' && 'type' in part;
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
