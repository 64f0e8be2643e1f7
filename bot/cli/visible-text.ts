// C0 without tab, DEL, C1, soft hyphen, zero-width and bidirectional controls, line and paragraph separators, BOM,
// and halves of surrogate pairs.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its job
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * One line of outside text for a terminal: whatever could move the cursor, colour, hide or reorder is written as \uXXXX, a
 * line end as well.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, escaped);
}

/** JSON on one line. Characters that a terminal would act on are escaped, so the value stays the same. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(hidden, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
