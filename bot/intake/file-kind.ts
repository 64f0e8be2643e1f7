import { findEncoding } from './encoding.ts';

/** What the first bytes of a file say that it is: a log, one of the archives that are opened, or what cannot be read. */
export type FileKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' | 'zip' | 'cab' }
  | { readonly kind: 'other-archive'; readonly name: string }
  | { readonly kind: 'not-text'; readonly name: string | undefined };

/** So many bytes are looked at. */
export const kindBytes = 4096;

const archives: readonly (readonly [string, string])[] = [
  ['377abcaf271c', '7-Zip'],
  ['526172211a07', 'RAR'],
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['28b52ffd', 'Zstandard'],
];
const others: readonly (readonly [string, string])[] = [
  ['456c6646696c6500', 'an event log (.evtx)'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['47494638', 'a picture'],
  ['d0cf11e0', 'an Office document'],
  ['4d5a', 'a program'],
];

const tab = 0x09;
const lineFeed = 0x0a;
const formFeed = 0x0c;
const carriageReturn = 0x0d;
const escapeSign = 0x1b;
const readable: ReadonlySet<number> = new Set([tab, lineFeed, formFeed, carriageReturn, escapeSign]);

/** @param head The first bytes, up to `kindBytes`. */
export function fileKind(head: Uint8Array): FileKind {
  const begins = (hex: string): boolean =>
    Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, hex.length / 2)).toString('hex') === hex;
  if (begins('1f8b')) return { kind: 'gzip' };
  if (begins('504b0304') || begins('504b0506')) return { kind: 'zip' };
  if (begins('4d534346')) return { kind: 'cab' };
  const archive = archives.find(([hex]) => begins(hex));
  if (archive !== undefined) return { kind: 'other-archive', name: archive[1] };
  const other = others.find(([hex]) => begins(hex));
  if (other !== undefined && isMostlyBinary(head)) return { kind: 'not-text', name: other[1] };
  if (findEncoding(head).encoding === 'utf-8' && isMostlyBinary(head))
    return { kind: 'not-text', name: undefined };
  return { kind: 'text' };
}

/** A log may hold a stray zero; a tenth of control characters is no log. */
function isMostlyBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, kindBytes);
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && !readable.has(byte)) controls += 1;
  return controls * 10 > sample.length;
}
