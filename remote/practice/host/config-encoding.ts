/** Why Web.config cannot be edited. The text is our own and safe to show. */
export class NotEditable extends Error {}

/** A file as text whose every character has a known byte position. */
export interface DecodedConfig {
  readonly text: string;
  readonly encoding: 'latin1' | 'utf16le' | 'utf16be';
  byteAt(index: number): number;
}

const asciiBased = /^(utf-8|us-ascii|iso-8859-\d{1,2}|windows-125\d)$/i;

/**
 * Byte-true reading: UTF-16 with its byte order mark, else one character a byte, which shows ASCII markup as it is in
 * every encoding that extends ASCII. Throws NotEditable for a declared encoding that does not.
 */
export function decodeConfig(bytes: Uint8Array): DecodedConfig {
  const buffer = Buffer.from(bytes);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) {
    return { text: buffer.toString('utf16le', 2), encoding: 'utf16le', byteAt: (index) => 2 + 2 * index };
  }
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    if (buffer.length % 2 !== 0) throw new NotEditable('the file ends in half a character');
    return {
      text: buffer.subarray(2).swap16().toString('utf16le'),
      encoding: 'utf16be',
      byteAt: (index) => 2 + 2 * index,
    };
  }
  const skip = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  const text = buffer.toString('latin1', skip);
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'utf-8';
  if (!asciiBased.test(declared)) throw new NotEditable('the file declares an encoding that is not handled');
  return { text, encoding: 'latin1', byteAt: (index) => skip + index };
}

export function encodeDigits(config: DecodedConfig, digits: string): Uint8Array {
  if (config.encoding === 'latin1') return Buffer.from(digits, 'latin1');
  const units = Buffer.from(digits, 'utf16le');
  return config.encoding === 'utf16le' ? units : units.swap16();
}
