export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;

/** @returns whether a line end stands right before this place: LF, CR, U+2028 or U+2029 in UTF-8. */
export function endsBefore(text: Uint8Array, at: number): boolean {
  const last = text[at - 1];
  if (last === lineFeed || last === carriageReturn) return true;
  return (last === 0xa8 || last === 0xa9) && text[at - 2] === 0x80 && text[at - 3] === 0xe2;
}
