import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Attack, attacksOn, attackText } from './attacks.ts';
import { readTree } from './expression-tree.ts';
import { expressionsOf, type FoundExpression } from './find-expressions.ts';
import { growth, mostGrowth } from './growth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever reads text that somebody sent. */
const readers = ['bot/diagnosis/**/*.ts', 'bot/intake/**/*.ts', 'bot/teams/**/*.ts'];

/** Every regular expression that reads outside text, found in the source: a new one is here at once. */
export const expressions: readonly FoundExpression[] = [
  ...new Map(
    (await expressionsOf(root, globSync(readers, { cwd: root }).toSorted())).map((each) => [
      `/${each.source}/${each.flags}`,
      each,
    ]),
  ).values(),
];

export const attacksOf = ({ source, flags }: FoundExpression): Attack[] => attacksOn(readTree(source, flags));

/** What the expression does in the program: one search, or all matches. It makes nothing, so that no garbage collector counts. */
const search = (expression: RegExp, text: string) => () => {
  expression.lastIndex = 0;
  let last = -1;
  while (expression.test(text) && expression.global) {
    if (expression.lastIndex === last) expression.lastIndex += 1;
    last = expression.lastIndex;
  }
};

/** @returns how the time of an expression grows under its worst attack; the first that grows too fast ends the search. */
export function worstGrowth(found: FoundExpression, length: number): { ratio: number; attack: string } {
  const expression = new RegExp(found.source, found.flags.replace('y', ''));
  let worst = { ratio: 0, attack: '' };
  for (const attack of attacksOf(found)) {
    const ratio = growth((size) => search(expression, attackText(attack, size)), length) ?? 0;
    if (ratio > worst.ratio) worst = { ratio, attack: JSON.stringify(attack) };
    if (ratio > mostGrowth) break;
  }
  return worst;
}
