import type { Language } from './languages/language.ts';
import { inTheManner, type OwnText, own } from './own-text.ts';

/** A count: 412; from five digits with the language's sign between thousands, 18,204. Values of a file and line numbers are never written this way. */
export function countText(count: number): OwnText {
  return grouped(count, 5);
}

/** A count in one sentence with a larger one: it has that sign when that one has. */
export function countBeside(count: number, larger: number): OwnText {
  return grouped(count, larger >= 10_000 ? 4 : 5);
}

const points: Readonly<Record<Language, string>> = { en: '.', de: ',' };
const thousands: Readonly<Record<Language, string>> = { en: ',', de: '.' };

function grouped(count: number, from: number): OwnText {
  const digits = String(Math.trunc(count));
  if (digits.length < from) return own`${Math.trunc(count)}`;
  return inTheManner((language) => digits.replace(/\B(?=(?:\d{3})+$)/g, thousands[language]));
}

/** A number of tenths: "2.5", in German "2,5". */
export function tenthsText(tenths: number): OwnText {
  return inTheManner((language) => `${Math.floor(tenths / 10)}${points[language]}${tenths % 10}`);
}

const plurals: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  de: new Intl.PluralRules('de'),
};

/** "1 client", "37 clients"; which form a count takes is the language's (Unicode CLDR, plural rules). */
export function counted(count: number, one: OwnText, many: OwnText): OwnText {
  const noun = inTheManner((language) =>
    (plurals[language].select(count) === 'one' ? one : many).in(language),
  );
  return own`${countText(count)} ${noun}`;
}
