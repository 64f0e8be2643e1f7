const mustEscape =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what the protocol escapes
  /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]|_(?=[xX])/g;

/** Writes control characters, surrogates and `_` before `x` as `_xHHHH_` (MS-PSRP 2.2.5.3.2). */
export function escapeString(text: string): string {
  return text.replace(
    mustEscape,
    (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

/** Turns every `_xHHHH_` back into its UTF-16 unit. */
export function unescapeString(text: string): string {
  return text.replace(/_[xX]([0-9a-fA-F]{4})_/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
