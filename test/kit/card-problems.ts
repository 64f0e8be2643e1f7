import { createRequire } from 'node:module';
import { z } from 'zod';
import { adaptiveCard15 } from './adaptive-card-1-5.ts';

/** What is wrong with the JSON of a card, by the schema of 1.5 and by Microsoft's own parser of that version. */
export const problemsOfCard = (card: unknown): readonly string[] => {
  const checked = adaptiveCard15.safeParse(card);
  return [...(checked.success ? [] : [z.prettifyError(checked.error)]), ...parserSays(card)];
};

interface AdaptiveCards {
  readonly AdaptiveCard: new () => { parse(json: unknown, context: Context): void };
  readonly SerializationContext: new (version: unknown) => Context;
  readonly Versions: { readonly v1_5: unknown };
}
interface Context {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}

// The package's module form does not load in Node.
const cards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as AdaptiveCards;

/** It knows in which version each property came, and tells of one that is newer than 1.5. */
const parserSays = (card: unknown): readonly string[] => {
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  new cards.AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
};
