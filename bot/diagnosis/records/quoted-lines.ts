import { readPrefix } from './log-prefix.ts';

const quoteMark = /^[ \t]{0,3}>[ \t]?/;
const deepestQuote = 10;

/** @returns how many marks of mail or chat (`>`) a normalised line begins with. */
export function quoteDepth(line: string): number {
  let rest = line;
  let depth = 0;
  while (depth < deepestQuote && quoteMark.test(rest)) {
    rest = rest.replace(quoteMark, '');
    depth += 1;
  }
  return depth;
}

function strip(line: string, depth: number): string {
  return depth === 0 ? line : strip(line.replace(quoteMark, ''), depth - 1);
}

/**
 * Takes off the marks that a line shares with a line beside it. A `>` that no neighbour has may be the rest of a broken tag, and
 * stays, unless an entry of a log follows it.
 *
 * @param before The depth of the line before, 0 for none.
 * @param after The depth of the line after, 0 for none.
 */
export function unquote(line: string, depth: number, before: number, after: number): string {
  if (depth === 0) return line;
  const shared = Math.max(Math.min(depth, before), Math.min(depth, after));
  if (shared > 0) return strip(line, shared);
  const bare = strip(line, depth);
  return readPrefix(bare) === null ? line : bare;
}
