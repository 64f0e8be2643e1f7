import type { OwnText } from '../own-text.ts';
import { container, type Element } from './element.ts';
import { type Part, textLine } from './text-line.ts';

/** Why, in plain words: a paragraph that may hold names. */
export function paragraph(
  parts: readonly Part[],
  spacing: 'Small' | 'Default' | 'Medium' | 'None' = 'Medium',
): Element {
  return textLine(parts, {}, { spacing });
}

export function sectionTitle(title: OwnText): Element {
  return textLine([title], { bold: true }, { spacing: 'Medium' });
}

/** Last words before the buttons, small and subtle; names in it stand out by weight. */
export function smallLine(parts: readonly Part[], spacing: 'None' | 'Medium' = 'Medium'): Element {
  return textLine(parts, { small: true, subtle: true }, { spacing });
}

/** "Next: …" and one sentence, apart by a rule above it, unless what is above stands apart itself. */
export function nextBlock(
  title: readonly Part[],
  paragraphs: readonly (readonly Part[])[],
  rule: 'rule' | 'no rule' = 'rule',
): Element {
  return container(
    [
      textLine(title, { bold: true }),
      ...paragraphs.map((parts, index) => textLine(parts, {}, { spacing: index === 0 ? 'None' : 'Default' })),
    ],
    { ...(rule === 'rule' && { separator: true }), spacing: 'Medium' },
  );
}
