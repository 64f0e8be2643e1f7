import fc from 'fast-check';
import type { Mangling } from './mangling.ts';

const invisible = [...'\u200B\u200C\u200D\u2060\uFEFF\u00AD'];
const directions = [...'\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069'];

/** Puts characters into a text at places given as shares of its length. */
const inserting = (characters: readonly string[]) =>
  fc
    .array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), what: fc.constantFrom(...characters) }),
      { minLength: 1, maxLength: 30 },
    )
    .map((insertions) => (text: string) => {
      const letters = Array.from(text);
      for (const { at, what } of insertions) letters.splice(Math.floor(at * letters.length), 0, what);
      return letters.join('');
    });

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/** A text that is escaped already stays: three times is more than any way into a chat does. */
const unlessEscaped = (change: (text: string) => string) => (text: string) =>
  /&(?:amp|lt|gt|quot|#\d+);/.test(text) ? text : change(text);

const escapeOnce = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const numbered = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** What chat clients, browsers and input methods do to characters. */
export const characterManglings: readonly Mangling[] = [
  { name: 'escaped as HTML', readable: true, change: fc.constant(unlessEscaped(escapeOnce)) },
  { name: 'escaped by number', readable: true, change: fc.constant(unlessEscaped(numbered)) },
  {
    name: 'escaped twice',
    readable: true,
    change: fc.constant(unlessEscaped((text) => escapeOnce(escapeOnce(text)))),
  },
  {
    name: 'with typographic quotes',
    readable: true,
    change: fc
      .constantFrom(['“', '”', '‘', '’'], ['„', '“', '‚', '‘'], ['«', '»', '‹', '›'])
      .map(([open = '', close = '', openSingle = '', closeSingle = '']) => (text) => {
        let count = 0;
        const next = (a: string, b: string) => (count++ % 2 === 0 ? a : b);
        return text.replace(/"/g, () => next(open, close)).replace(/'/g, () => next(openSingle, closeSingle));
      }),
  },
  {
    name: 'with blanks of another kind',
    readable: true,
    change: fc
      .constantFrom('\u00A0', '\u202F', '\u2009', '\u3000')
      .map((blank) => (text) => text.replaceAll(' ', blank)),
  },
  { name: 'with invisible characters', readable: true, change: inserting(invisible) },
  { name: 'with direction marks', readable: true, change: inserting(directions) },
  {
    name: 'in full-width letters',
    readable: true,
    change: fc.constantFrom(unlessEscaped(fullWidth), (text: string) =>
      text.replace(/InvalidParameters|InstalledNonLeafUpdateIDs|ClientWebService|ErrorCode/g, fullWidth),
    ),
  },
];
