/** The bytes that may stand at one place of a pattern. */
export type ByteClass = readonly number[];

/** A sequence of byte classes that a line must hold to be read. */
export interface Pattern {
  /** As it was written, for messages and tests. */
  readonly source: string;
  readonly classes: readonly ByteClass[];
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const bytesOf = (letters: string): number[] => [...Buffer.from(letters, 'latin1')];

const named: Readonly<Record<string, ByteClass>> = {
  d: range(0x30, 0x39),
  h: bytesOf('0123456789abcdefABCDEF'),
  s: bytesOf(' \t'),
};

/**
 * Reads a pattern: `\d` a digit, `\h` a hexadecimal digit, `\s` a blank or tab,
 * `\xNN` one byte, `\xNN-MM` one of a range. Everything else stands for itself.
 */
export function readPattern(source: string): Pattern {
  const classes: ByteClass[] = [];
  const token = /\\x([0-9A-F]{2})(?:-([0-9A-F]{2}))?|\\([dhs])|([^\\])/gy;
  let read = 0;
  for (const [whole, from, to, name, plain] of source.matchAll(token)) {
    read += whole.length;
    if (from !== undefined) {
      const first = Number.parseInt(from, 16);
      classes.push(range(first, to === undefined ? first : Number.parseInt(to, 16)));
    } else if (name !== undefined) {
      classes.push(named[name] ?? []);
    } else {
      classes.push([(plain ?? '').charCodeAt(0)]);
    }
  }
  if (read !== source.length) throw new SyntaxError(`reading the pattern ${source}: stopped at ${read}`);
  return { source, classes };
}
