import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { states } from '../../../cards/blocks/strip.ts';
import { catalogues, translated } from '../../../cards/languages/catalogue.ts';
import { languageOf } from '../../../cards/languages/language.ts';
import { headingLength } from '../../../cards/own-text.ts';
import { everyText } from './every-text.ts';
import { textsIn } from './texts-in-sources.ts';
import { diagnosisHeadings } from './texts-of-tables.ts';

const gapsOf = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).toSorted();
const signsOf = (text: string) => [...text.matchAll(/[[\]*_`<>#~|\\]/g)].map(String).toSorted();

it('takes the language of a locale, and English for one without a catalogue', () => {
  assert.deepEqual(['de', 'de-AT', 'DE_ch', 'en-GB', 'fr-FR', 'xx', '', undefined].map(languageOf), [
    ...['de', 'de', 'de', 'en', 'en', 'en', 'en', 'en'],
  ]);
});

it('says a text in English where the catalogue lacks it, also one that is named like a property', () => {
  assert.equal(translated('Not one of ours', 'de'), 'Not one of ours');
  assert.equal(translated('constructor', 'de'), 'constructor');
});

it('finds a text inside the gap of another one, and leaves strings and comments alone', () => {
  const gap = (code: string) => `$\{${code}}`;
  const inner = gap("x ? own`a\\u00a0b` : ''");
  const source = `const a = own\`All ${inner} of ${gap('said`c`')}\`; // own\`not this\`\nconst b = 'own\`nor this\`';`;
  assert.deepEqual(textsIn(source), ['All {0} of {1}', 'a\u00a0b', 'c']);
});

for (const [language, catalogue] of Object.entries(catalogues)) {
  describe(`the catalogue of ${language}`, () => {
    const pairs = Object.entries(catalogue);
    const wrong = (isWrong: (english: string, theirs: string) => boolean) =>
      pairs.filter(([english, theirs]) => isWrong(english, theirs));

    it('has every text of the cards, and no other', () => {
      const texts = everyText();
      assert.deepEqual(
        [...texts].filter((text) => !Object.hasOwn(catalogue, text)),
        [],
      );
      assert.deepEqual(
        Object.keys(catalogue).filter((text) => !texts.has(text)),
        [],
      );
    });

    it('has the gaps of each text', () => {
      assert.deepEqual(
        wrong((english, theirs) => String(gapsOf(english)) !== String(gapsOf(theirs))),
        [],
      );
    });

    it('brings no sign that a client reads as Markdown or markup', () => {
      assert.deepEqual(
        wrong((english, theirs) => String(signsOf(english)) !== String(signsOf(theirs))),
        [],
      );
    });

    it('keeps the blanks at the end of a piece, and those at its beginning unless it begins with a sign', () => {
      assert.deepEqual(
        wrong(
          (english, theirs) =>
            english.endsWith(' ') !== theirs.endsWith(' ') ||
            (english.startsWith(' ') !== theirs.startsWith(' ') && !/^[,.;:]/.test(theirs)),
        ),
        [],
      );
    });

    it('has headings and words of the strip that fit', () => {
      const most = headingLength[language as 'de'];
      assert.deepEqual(
        diagnosisHeadings().filter((heading) => (catalogue[heading] ?? '').length > most),
        [],
      );
      assert.deepEqual(
        Object.values(states).flatMap(({ word }) => {
          const theirs = word.in(language as 'de');
          return theirs.length > 26 ? [theirs] : [];
        }),
        [],
      );
    });
  });
}
