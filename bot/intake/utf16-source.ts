import type { ByteSource } from './byte-source.ts';

const encoder = new TextEncoder();
const chunkBytes = 64 * 1024;
/** A code unit of two bytes is at most three in UTF-8. */
const mostGrowth = 1.5;

/** UTF-16 as UTF-8, so that one scanner reads both. Half a surrogate pair becomes U+FFFD. */
export function utf8OfUtf16(source: ByteSource, encoding: 'utf-16le' | 'utf-16be'): ByteSource {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const raw = new Uint8Array(chunkBytes);
  let left = new Uint8Array();
  let ended = false;
  const next = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const read = await source.read(raw);
    ended = read < raw.length;
    const text = decoder.decode(raw.subarray(0, read), { stream: !ended });
    const encoded = new Uint8Array(Math.ceil(chunkBytes * mostGrowth) + 8);
    return encoded.subarray(0, encoder.encodeInto(text, encoded).written);
  };
  return {
    async read(into) {
      let filled = 0;
      while (filled < into.length) {
        if (left.length === 0) {
          if (ended) break;
          left = await next();
          continue;
        }
        const part = left.subarray(0, into.length - filled);
        into.set(part, filled);
        filled += part.length;
        left = left.subarray(part.length);
      }
      return filled;
    },
  };
}
