/** One paste: what the expert says, and what the program said. */
export interface Outcome {
  readonly expected: string;
  readonly got: string;
}

export interface Score {
  readonly signature: string;
  readonly pastes: number;
  /** Of the answers with this signature, how many are right; null without such an answer. */
  readonly precision: number | null;
  /** Of the pastes of this signature, how many are answered with it; null without such a paste. */
  readonly recall: number | null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** @returns precision and recall of each signature that was expected or answered, by name. */
export function scores(outcomes: readonly Outcome[]): Score[] {
  const signatures = new Set(outcomes.flatMap(({ expected, got }) => [expected, got]));
  return [...signatures].toSorted().map((signature) => {
    const expected = outcomes.filter((each) => each.expected === signature);
    const answered = outcomes.filter((each) => each.got === signature);
    const right = expected.filter((each) => each.got === signature).length;
    return {
      signature,
      pastes: expected.length,
      precision: share(right, answered.length),
      recall: share(right, expected.length),
    };
  });
}

/** Neighbouring codes are one row: thirty codes would be thirty columns of one. */
const rowOf = (signature: string): string =>
  /^[0-9A-F]{8}$/.test(signature) ? 'neighbouring code' : signature;

/** @returns the matrix as text, one row an expected answer, one column an answer that was given; a code taken for another one counts as wrong all the same. */
export function matrix(outcomes: readonly Outcome[]): string {
  const named = outcomes.map(({ expected, got }) => {
    const row = rowOf(expected);
    const column = rowOf(got);
    return { row, column: row === column && expected !== got ? 'another code' : column };
  });
  const names = [...new Set(named.flatMap(({ row, column }) => [row, column]))].toSorted();
  const letter = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);
  const width = Math.max(...names.map((name) => name.length)) + 3;
  const head = `${' '.repeat(width)}${names.map((_, index) => letter(index).padStart(5)).join('')}`;
  const rows = names.map((row, index) => {
    const cells = names.map((column) => {
      const count = named.filter((each) => each.row === row && each.column === column).length;
      return (count === 0 ? '·' : String(count)).padStart(5);
    });
    return `${`${letter(index)} ${row}`.padEnd(width)}${cells.join('')}`;
  });
  return [head, ...rows].join('\n');
}
