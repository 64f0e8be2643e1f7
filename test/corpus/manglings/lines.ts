import fc from 'fast-check';
import type { Mangling } from './mangling.ts';

const hardWrap = (text: string, columns: number) =>
  text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{${columns}})(?=.)`, 'gu'), '$1\n'))
    .join('\n');

function softWrap(text: string, columns: number): string {
  const wrapLine = (line: string) => {
    let width = 0;
    return line.replace(/(\s*)(\S+)/g, (whole, blanks: string, word: string) => {
      const breaks = width > 0 && width + whole.length > columns;
      width = breaks ? word.length : width + whole.length;
      return breaks ? `\n${word}` : `${blanks}${word}`;
    });
  };
  return text.split('\n').map(wrapLine).join('\n');
}

const everyLine = (text: string, change: (line: string) => string) => text.split('\n').map(change).join('\n');

/** What consoles, mail programs, replies and copying do to lines. */
export const lineManglings: readonly Mangling[] = [
  {
    name: 'wrapped narrower than any screen',
    readable: false,
    change: fc.integer({ min: 1, max: 23 }).map((columns) => (text) => hardWrap(text, columns)),
  },
  {
    name: 'wrapped at a column',
    readable: true,
    change: fc.integer({ min: 24, max: 250 }).map((columns) => (text) => hardWrap(text, columns)),
  },
  {
    name: 'wrapped between words',
    readable: true,
    change: fc.integer({ min: 20, max: 120 }).map((columns) => (text) => softWrap(text, columns)),
  },
  { name: 'joined with blanks', readable: true, change: fc.constant((text) => text.replaceAll('\n', ' ')) },
  {
    name: 'joined without anything',
    readable: true,
    // A field's name that is glued to the value before it is no name any more: such lines keep their ends.
    change: fc.constant((text) => text.replace(/\n(?!\w+:)/g, '')),
  },
  {
    name: 'quoted',
    readable: true,
    change: fc
      .constantFrom('> ', '>', '> > ', '>> ')
      .map((mark) => (text) => everyLine(text, (line) => `${mark}${line}`)),
  },
  {
    name: 'in a code fence',
    readable: true,
    change: fc.constantFrom('', 'text', 'log').map((name) => (text) => `\`\`\`${name}\n${text}\n\`\`\``),
  },
  {
    name: 'indented',
    readable: true,
    change: fc
      .constantFrom('  ', '    ', '\t')
      .map((indent) => (text) => everyLine(text, (line) => `${indent}${line}`)),
  },
  {
    name: 'with other line ends',
    readable: true,
    change: fc
      .array(fc.constantFrom('\n', '\r\n', '\r', '\u2028'), { minLength: 1, maxLength: 5 })
      .map((ends) => (text) => {
        let line = 0;
        return text.replace(/\n/g, () => ends[line++ % ends.length] ?? '\n');
      }),
  },
  {
    name: 'with blanks for tabs',
    readable: true,
    change: fc.constantFrom(' ', '    ').map((blank) => (text) => text.replaceAll('\t', blank)),
  },
  { name: 'without its tabs', readable: true, change: fc.constant((text) => text.replaceAll('\t', '')) },
];
