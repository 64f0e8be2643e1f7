import fc from 'fast-check';
import type { Mangling } from './mangling.ts';

/** Sorts by keys that belong to the places, so that the same keys shuffle any number of parts. */
const shuffled = (parts: readonly string[], keys: readonly number[]) =>
  parts
    .map((part, place) => ({ part, key: keys[place % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ part }) => part);

const listed = /(ThrowException: |Soap fault detail: )(\w[^\n]*)/g;
const elements = /(?:<(ErrorCode|Message|ID|Method)>[^<\n]*<\/\1>){2,}/g;
const element = /<(ErrorCode|Message|ID|Method)>[^<\n]*<\/\1>/g;

const reorder = (keys: readonly number[]) => (text: string) =>
  text
    .replace(
      listed,
      // Of two faults that were joined to one line, the fields would change places: another text, and no longer the same one told otherwise.
      (all, head: string, fields: string) =>
        /ThrowException|fault detail/.test(fields)
          ? all
          : head + shuffled(fields.split(', '), keys).join(', '),
    )
    .replace(elements, (all) => shuffled(all.match(element) ?? [], keys).join(''));

const decodedDate = /^(\d{4})[./-](\d\d)[./-](\d\d)(?= \d\d:\d\d:\d\d\.\d{7} )/gm;
const locales: readonly ((year: string, month: string, day: string) => string)[] = [
  (year, month, day) => `${day}.${month}.${year}`,
  (year, month, day) => `${month}/${day}/${year}`,
  (year, month, day) => `${Number(day)}/${Number(month)}/${year}`,
  (year, month, day) => `${day}-${month}-${year}`,
  (year, month, day) => `${year}.${month}.${day}`,
  (year, month, day) => `${year}-${month}-${day}`,
];

/** What another agent, locale or chat does to fields. */
export const fieldManglings: readonly Mangling[] = [
  { name: 'without tags', readable: true, change: fc.constant((text) => text.replace(/<[^>]*>/g, '')) },
  {
    name: 'with blanks for tags',
    readable: true,
    change: fc.constant((text) => text.replace(/<[^>]*>/g, ' ')),
  },
  {
    name: 'with its fields in another order',
    readable: true,
    change: fc.array(fc.nat(100), { minLength: 6, maxLength: 6 }).map(reorder),
  },
  {
    name: 'with dates of another locale',
    readable: true,
    change: fc
      .constantFrom(...locales)
      .map(
        (write) => (text) =>
          text.replace(decodedDate, (_, y: string, m: string, d: string) => write(y, m, d)),
      ),
  },
  {
    name: 'cut at its end',
    readable: false,
    change: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => (text) => cutBytes(text, 0, share)),
  },
  {
    name: 'cut at its beginning',
    readable: false,
    change: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => (text) => cutBytes(text, share, 1)),
  },
];

/** Cuts between bytes, not letters: half a letter is what a size limit leaves. */
function cutBytes(text: string, from: number, to: number): string {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.subarray(Math.floor(from * bytes.length), Math.floor(to * bytes.length)).toString('utf8');
}
