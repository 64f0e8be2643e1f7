/** Languages that the bot speaks: English is in the sources, each other one is a catalogue of this folder. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language of a client's locale ("de-AT", RFC 5646); English where there is no catalogue for it. */
export function languageOf(locale: string | undefined): Language {
  const [primary = ''] = (locale ?? '').toLowerCase().split(/[-_]/, 1);
  return languages.find((language) => language === primary) ?? 'en';
}
