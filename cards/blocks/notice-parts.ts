import type { Word } from '../notices/notice-words.ts';
import { outside } from '../outside-text.ts';
import { summaryName, summaryQuote } from '../summary-text.ts';
import { allOf, anyOf, nameRun, quoted } from './people.ts';
import { type Part, run } from './text-line.ts';

/** The words of a notice for a card: names in bold, what is typed in monospace, somebody's own words in quotes. */
export function noticeParts(words: readonly Word[]): readonly Part[] {
  return words.flatMap((word): readonly Part[] => {
    if (typeof word === 'string') return [word];
    if ('name' in word) return [nameRun(word.name)];
    if ('quote' in word) return quoted(word.quote);
    if ('typed' in word) return [run(outside(word.typed), { bold: true, mono: true, small: true })];
    return 'anyOf' in word ? anyOf(word.anyOf) : allOf(word.allOf);
  });
}

/** The same in a plain line: at most four names, nothing from outside that Markdown or XML could read. */
export function noticePlain(words: readonly Word[]): string {
  return words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('name' in word) return summaryName(word.name);
      if ('quote' in word) return `“${summaryQuote(word.quote)}”`;
      if ('typed' in word) return summaryQuote(word.typed);
      return 'anyOf' in word ? plainNames(word.anyOf, 'or') : plainNames(word.allOf, 'and');
    })
    .join('');
}

function plainNames(names: readonly string[], last: 'or' | 'and'): string {
  if (names.length === 0) return 'nobody';
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const more = names.length - shown.length;
  const all = [...shown.map(summaryName), ...(more > 0 ? [`${more} more`] : [])];
  return all.length === 1 ? `${all[0]}` : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`;
}
