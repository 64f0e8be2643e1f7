/**
 * What stands behind the word "diagnose" at the beginning of a message; undefined where the word is missing or alone. It is evidence to
 * read, also when it looks like a command.
 */
export const behindDiagnose = (text: string): string | undefined =>
  /^\s*diagnose(?:\s*:)?\s+(\S[\s\S]*)$/i.exec(text)?.[1];
