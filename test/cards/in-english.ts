import { inLanguage } from '../../cards/blocks/element.ts';
import type { RenderedCard } from '../../cards/card.ts';
import type { Words } from '../../cards/own-text.ts';

export const inEnglish = (words: Words): string => words.in('en');

/** An element, or a list of them, with its texts. */
export const elementInEnglish = (element: unknown): Record<string, unknown> =>
  inLanguage(element, 'en') as Record<string, unknown>;

/** A card that is the same in every language. */
export const cardOf = (rendered: RenderedCard) => ({ in: () => rendered });
