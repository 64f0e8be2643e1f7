import { isUtf8 } from 'node:buffer';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface FoundEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
}

const sampleBytes = 4096;

/**
 * Tells a log's encoding by its first bytes: UTF-16 as Windows PowerShell's redirection and Notepad write it (by its byte order mark, or by
 * zero bytes in every other place), else UTF-8, whose lines may each turn out to be Windows-1252.
 */
export function findEncoding(head: Uint8Array): FoundEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  const sample = head.subarray(0, sampleBytes);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > sample.length / 4 && even < odd / 4) return { encoding: 'utf-16le', mark: 0 };
  if (even > sample.length / 4 && odd < even / 4) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

const windows1252 = new TextDecoder('windows-1252');

/** One line's bytes as text: UTF-8, or Windows-1252 where they are no UTF-8. */
export function decodeLine(bytes: Buffer, from: number, to: number): string {
  const text = bytes.toString('utf8', from, to);
  if (!text.includes('\ufffd')) return text;
  const line = bytes.subarray(from, to);
  return isUtf8(line) ? text : windows1252.decode(line);
}

/** A whole short text, its byte order mark left out. */
export function decodeText(bytes: Uint8Array): string {
  const { encoding, mark } = findEncoding(bytes);
  const body = bytes.subarray(mark);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(body);
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  // Cut at line feeds, the one line end that no encoding here has inside a character.
  const lines: string[] = [];
  let from = 0;
  for (let at = buffer.indexOf(0x0a); at >= 0; at = buffer.indexOf(0x0a, from)) {
    lines.push(decodeLine(buffer, from, at + 1));
    from = at + 1;
  }
  lines.push(decodeLine(buffer, from, buffer.length));
  return lines.join('');
}
