import { type Language, languageOf } from '../../cards/languages/language.ts';

/** The language of the client that sent an activity. Its locale comes from outside, and may be anything. */
export const clientLanguage = ({ locale }: { readonly locale?: unknown }): Language =>
  languageOf(typeof locale === 'string' ? locale : undefined);
