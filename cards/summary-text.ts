import { ellipsis, shortName } from './cut-text.ts';
import { own, verbatim, Words } from './own-text.ts';

/**
 * A name inside a summary (toast, screen reader, fallback text). Clients differ in what they read there, so only
 * letters, digits, blank, dot, hyphen and apostrophe stay; at most 40 characters.
 */
export function summaryName(name: string): Words {
  const shown = name
    .replace(/[^\p{L}\p{N} .’'-]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return shown === '' ? own`unnamed` : verbatim(shortName(shown, 40));
}

/** Somebody's own words inside a summary, in the same manner with the signs of a sentence; at most 160 characters, no full stop at the end. */
export function summaryQuote(words: string): Words {
  const shown = words
    .replace(/[^\p{L}\p{N} .,;?’'-]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(/\.+$/, '');
  return shown === '' ? own`no words` : verbatim(ellipsis(shown, 160));
}

/** A summary of whose parts some end in a full stop and some do not: no sentence of it ends in two. */
export function withSingleStops(summary: Words): Words {
  return new Words((language) => summary.in(language).replaceAll('..', '.'));
}
