import german from './de.json' with { type: 'json' };
import type { Language } from './language.ts';

/** English text to that of the language. A gap is written `{0}`, `{1}`, …; a translation may have them in another order. */
export type Catalogue = Readonly<Record<string, string>>;

export const catalogues: Readonly<Record<Exclude<Language, 'en'>, Catalogue>> = { de: german };

/** The text in that language; the English one where the catalogue lacks it. */
export function translated(english: string, language: Language): string {
  if (language === 'en') return english;
  const catalogue = catalogues[language];
  return Object.hasOwn(catalogue, english) ? (catalogue[english] ?? english) : english;
}
