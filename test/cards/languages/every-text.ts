import { textsInSources } from './texts-in-sources.ts';
import { textsOfTables } from './texts-of-tables.ts';

/** Every text of a card that has words or quotation marks in it, by its name in the catalogues. */
export const everyText = (): ReadonlySet<string> =>
  new Set(
    [...textsInSources().map(({ text }) => text), ...textsOfTables()].filter((text) =>
      /\p{L}{2,}|[“”]/u.test(text.replace(/\{\d+\}/g, '')),
    ),
  );
