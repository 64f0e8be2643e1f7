import { ellipsis } from './cut-text.ts';
import { translated } from './languages/catalogue.ts';
import type { Language } from './languages/language.ts';

/** A text that takes its language when it is sent. For places that no client reads as Markdown: summaries, labels, text runs. */
export class Words {
  /** The text in a language. */
  readonly in: (language: Language) => string;

  constructor(inLanguage: (language: Language) => string) {
    this.in = inLanguage;
  }

  /** A text put into a plain string would have lost its language. */
  toString(): string {
    throw new Error('reading a text: no language was given');
  }
}

/** Words that are ours: texts of this folder and numbers. The only text that may stand where a client reads Markdown. */
export class OwnText extends Words {
  /** Keeps `Words`, which may hold names from outside, from passing for it. */
  declare protected readonly isOurs: true;
}

/** Our words: a literal whose gaps take numbers and other own text, never a plain string. */
export function own(words: TemplateStringsArray, ...gaps: readonly (OwnText | number)[]): OwnText {
  return new OwnText(phrase(words, gaps));
}

/** Our words around words that need not be ours, such as a name (`summaryName`). */
export function said(words: TemplateStringsArray, ...gaps: readonly (Words | number)[]): Words {
  return new Words(phrase(words, gaps));
}

/** Digits, or names of months and zones, in the manner of a language. */
export function inTheManner(of: (language: Language) => string): OwnText {
  return new OwnText(of);
}

/** The same in every language: a name, a command. For a text run or a label, or without any sign that a client could read. */
export function verbatim(text: string): Words {
  return new Words(() => text);
}

/** A whole sentence of another folder of ours; the catalogues hold it as it stands. */
export function sentence(english: string): Words {
  return new Words((language) => translated(english, language));
}

/** A heading of another folder of ours: held to letters, digits and the signs of a sentence, so that no client reads Markdown in it, and to its length. */
export function plainHeading(english: string): OwnText {
  return new OwnText((language) => ellipsis(plain(translated(english, language)), headingLength[language]));
}

/** Characters of a heading, at most: three lines on a phone. */
export const headingLength: Readonly<Record<Language, number>> = { en: 60, de: 75 };

function plain(text: string): string {
  const held = text.replace(/[^\p{L}\p{N} .,:;?()„“”’…-]+/gu, ' ').replace(/^[ -]+|(?<=\d)\.(?= )/g, '');
  return held.replace(/ {2,}/g, ' ').trim();
}

/** Parts one after the other. */
export function joined(parts: readonly OwnText[], between: OwnText = own``): OwnText {
  return new OwnText(joinedWords(parts, between).in);
}

/** The same of words that need not be ours. */
export function joinedWords(parts: readonly Words[], between: Words = own``): Words {
  return new Words((language) => parts.map((part) => part.in(language)).join(between.in(language)));
}

/** Whether they say the same. */
export function saysTheSame(one: Words, other: Words): boolean {
  return one.in('en') === other.in('en');
}

function phrase(words: TemplateStringsArray, gaps: readonly (Words | number)[]) {
  return (language: Language): string => {
    const filled = gaps.map((gap) => (gap instanceof Words ? gap.in(language) : String(gap)));
    const { texts, order } = patternIn(language, words);
    return texts.map((text, index) => `${text}${filled[order[index] ?? -1] ?? ''}`).join('');
  };
}

/** Texts, and which gap follows each. */
interface Pattern {
  readonly texts: readonly string[];
  readonly order: readonly number[];
}

/** A tagged literal is one object for as long as its source is loaded. */
const patterns = new Map<Language, WeakMap<TemplateStringsArray, Pattern>>();

function patternIn(language: Language, words: TemplateStringsArray): Pattern {
  const known = patterns.get(language) ?? new WeakMap<TemplateStringsArray, Pattern>();
  patterns.set(language, known);
  const pattern = known.get(words) ?? parsed(translated(keyOf(words), language));
  known.set(words, pattern);
  return pattern;
}

/** The literal as the catalogues name it: "Raised from {0} to {1}". */
function keyOf(words: readonly string[]): string {
  return words.map((text, index) => (index === 0 ? text : `{${index - 1}}${text}`)).join('');
}

function parsed(text: string): Pattern {
  const pieces = text.split(/\{(\d+)\}/);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    order: pieces.filter((_, index) => index % 2 === 1).map(Number),
  };
}
