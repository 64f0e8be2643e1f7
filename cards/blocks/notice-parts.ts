import { countText } from '../count-text.ts';
import type { Word } from '../notices/notice-words.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own, said, Words } from '../own-text.ts';
import { summaryName, summaryQuote } from '../summary-text.ts';
import { allOf, anyOf, nameRun, quoted } from './people.ts';
import { type Part, run } from './text-line.ts';

/** The words of a notice for a card: names in bold, what is typed in monospace, somebody's own words in quotes. */
export function noticeParts(words: readonly Word[]): readonly Part[] {
  return words.flatMap((word, index): readonly Part[] => {
    if (word instanceof Words) return [word];
    if ('name' in word) return [nameRun(word.name)];
    if ('quote' in word) return quoted(word.quote);
    if ('typed' in word) return [run(outside(word.typed), { bold: true, mono: true, small: true })];
    if ('anyOf' in word && word.anyOf.length === 0 && index === 0) return [own`Nobody`];
    return 'anyOf' in word ? anyOf(word.anyOf) : allOf(word.allOf);
  });
}

/** The same in a plain line: at most four names, nothing from outside that Markdown or XML could read. */
export function noticePlain(words: readonly Word[]): Words {
  return words.map(plainWord).reduce((text, word) => said`${text}${word}`, own``);
}

function plainWord(word: Word): Words {
  if (word instanceof Words) return word;
  if ('name' in word) return said`${summaryName(word.name)}`;
  if ('quote' in word) return said`“${summaryQuote(word.quote)}”`;
  if ('typed' in word) return said`${summaryQuote(word.typed)}`;
  return 'anyOf' in word
    ? plainNames(word.anyOf, own` or `, (more) => own`${countText(more)} others`)
    : plainNames(word.allOf, own` and `, (more) => own`${countText(more)} more`);
}

function plainNames(names: readonly string[], last: OwnText, moreText: (more: number) => OwnText): Words {
  if (names.length === 0) return own`nobody`;
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const more = names.length - shown.length;
  const all = [...shown.map((name) => said`${summaryName(name)}`), ...(more > 0 ? [moreText(more)] : [])];
  return all.reduce((text, name, index) => said`${text}${index === all.length - 1 ? last : own`, `}${name}`);
}
