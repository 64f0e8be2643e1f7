/**
 * Text of a log file: UTF-8, or UTF-16 as Windows PowerShell's redirection and Notepad write it (with a byte order mark, or
 * told by zero bytes in every other place). Bytes that are not UTF-8 become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const sample = Math.min(bytes.length, 4096);
  for (let i = 0; i < sample; i++)
    if (bytes[i] === 0) zeros[i % 2 === 0 ? 0 : 1] = (zeros[i % 2 === 0 ? 0 : 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample / 4 && even < odd / 4) return 'utf-16le';
  if (even > sample / 4 && odd < even / 4) return 'utf-16be';
  return 'utf-8';
}
