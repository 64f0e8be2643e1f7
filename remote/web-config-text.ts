import type { RefusalCode } from './web-config-refusal.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface ConfigText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly bomBytes: number;
}

/** The module on the server reads no larger file either. */
const maxConfigBytes = 1024 * 1024;

/** Characters that XML 1.0 §2.2 forbids. Lone surrogates do not get past the decoder. */
const forbidden = /[^\t\n\r\u0020-\uFFFD]/;
const declaredEncoding = /^<\?xml[^>]{0,200}?\sencoding\s{0,20}=\s{0,20}["']([\w.-]{1,40})["']/;

function byteOrderMark(bytes: Uint8Array): { encoding: Encoding; length: number } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return { encoding: 'utf-8', length: 0 };
}

function declarationFits(text: string, encoding: Encoding): boolean {
  const declared = declaredEncoding.exec(text)?.[1]?.toLowerCase();
  if (declared === undefined) return true;
  if (encoding === 'utf-8') return declared === 'utf-8';
  return declared === 'utf-16' || declared === encoding;
}

/**
 * Reads UTF-8 with or without a byte order mark, and UTF-16 with one (XML 1.0 §4.3.3, appendix F).
 * Bytes that are not of that encoding, and a declaration that names another one, are refused.
 */
export function decodeConfig(
  bytes: Uint8Array,
): { readonly ok: true; readonly config: ConfigText } | { readonly ok: false; readonly code: RefusalCode } {
  if (bytes.length > maxConfigBytes) return { ok: false, code: 'too-large' };
  const { encoding, length } = byteOrderMark(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(length));
  } catch {
    return { ok: false, code: 'unknown-encoding' };
  }
  // UTF-16 or UTF-32 without a mark decodes as UTF-8 full of NULs.
  if (text.includes('\0') || !declarationFits(text, encoding)) return { ok: false, code: 'unknown-encoding' };
  if (forbidden.test(text)) return { ok: false, code: 'malformed' };
  return { ok: true, config: { text, encoding, bomBytes: length } };
}

/** @returns the offset in the file, in bytes, of the character at an index of the text. */
function byteOffset(config: ConfigText, index: number): number {
  if (config.encoding !== 'utf-8') return config.bomBytes + 2 * index;
  return config.bomBytes + Buffer.byteLength(config.text.slice(0, index), 'utf8');
}

function encodeDigits(digits: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(digits, 'latin1');
  const bytes = Buffer.from(digits, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

export interface DigitsEdit {
  /** Index in the text, and the ASCII digits there now. */
  readonly index: number;
  readonly digits: string;
  readonly replacement: string;
}

/** @returns a copy of the file with the digits replaced and every other byte as it was. */
export function replaceDigits(
  bytes: Uint8Array,
  config: ConfigText,
  edits: readonly DigitsEdit[],
): Uint8Array {
  const width = config.encoding === 'utf-8' ? 1 : 2;
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.index - b.index)) {
    const start = byteOffset(config, edit.index);
    parts.push(bytes.subarray(done, start), encodeDigits(edit.replacement, config.encoding));
    done = start + edit.digits.length * width;
  }
  parts.push(bytes.subarray(done));
  return new Uint8Array(Buffer.concat(parts));
}

const lineEnd = /\r\n|\r|\n/g;

/** @returns the line that holds an index, counted from 1, without its end. */
export function lineAt(text: string, index: number): { readonly line: number; readonly lineText: string } {
  let line = 1;
  let start = 0;
  for (const match of text.matchAll(lineEnd)) {
    if (match.index >= index) return { line, lineText: text.slice(start, match.index) };
    line += 1;
    start = match.index + match[0].length;
  }
  return { line, lineText: text.slice(start) };
}
