export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;

/** @returns whether a line end stands right before this place: LF, CR, U+2028 or U+2029 in UTF-8. */
export function endsBefore(text: Uint8Array, at: number): boolean {
  const last = text[at - 1];
  return last === lineFeed || last === carriageReturn || separatorBefore(text, at);
}

/** @returns whether U+2028 or U+2029 in UTF-8 stands right before this place. */
export function separatorBefore(text: Uint8Array, at: number): boolean {
  const last = text[at - 1];
  return (last === 0xa8 || last === 0xa9) && text[at - 2] === 0x80 && text[at - 3] === 0xe2;
}
