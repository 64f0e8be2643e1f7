import type { Word } from '../notices/notice-words.ts';
import { outside } from '../outside-text.ts';
import { joinedWords, own, said, Words } from '../own-text.ts';
import { summaryName, summaryQuote } from '../summary-text.ts';
import { allOf, anyOf, eachOf, listed, nameRun, oneOf, quoted } from './people.ts';
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
  return joinedWords(words.flatMap(plainWords));
}

function plainWords(word: Word): readonly Words[] {
  if (word instanceof Words) return [word];
  if ('name' in word) return [summaryName(word.name)];
  if ('quote' in word) return [said`“${summaryQuote(word.quote)}”`];
  if ('typed' in word) return [summaryQuote(word.typed)];
  return 'anyOf' in word ? listed(word.anyOf, summaryName, oneOf) : listed(word.allOf, summaryName, eachOf);
}
