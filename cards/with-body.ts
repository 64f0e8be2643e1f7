import { inLanguage } from './blocks/element.ts';
import type { Card } from './card.ts';

/** The same card with other elements in its body, among them new ones of ours. */
export function withBody(card: Card, change: (body: readonly unknown[]) => readonly unknown[]): Card {
  return {
    ...card,
    in: (language) => {
      const { json, summary } = card.in(language);
      const body = change(Array.isArray(json.body) ? json.body : []);
      return { summary, json: { ...json, body: inLanguage(body, language) } };
    },
  };
}
