import { normaliseLine } from '../records/normalise.ts';
import type { NumberedLine } from '../records/records.ts';

/** What a line tells that is no fault by itself. */
export type Clue =
  /** Names one of the test products of KB 5121986. */
  | 'test-detectoid'
  /** SimpleAuth of a server that holds as many computers as it may. */
  | 'computer-table-full'
  /** Event 507: the WSUS service did not start. */
  | 'service-not-initialised'
  /** Speaks of the key that KB 4096317 raises, as Microsoft's pages do. */
  | 'names-the-edit';

const phrases: readonly (readonly [Clue, RegExp])[] = [
  ['test-detectoid', /Product\s{0,8}Detectoid\s{0,8}for\s{0,8}ProductName\s{0,8}TestProduct/i],
  ['computer-table-full', /allowed\s{0,8}max\s{0,8}number\s{0,8}of\s{0,8}local\s{0,8}computers/i],
  [
    'service-not-initialised',
    /Update\s{0,8}Services\s{0,8}failed\s{0,8}its\s{0,8}initialization\s{0,8}and\s{0,8}stopped/i,
  ],
  [
    'service-not-initialised',
    /Update\s{0,8}Services\s{0,8}konnte\s{0,8}nicht\s{0,8}initialisiert\s{0,8}werden\s{0,8}und\s{0,8}wurde\s{0,8}angehalten/i,
  ],
  ['names-the-edit', /maxInstalledPrerequisites/i],
];

/** A word of each phrase, for a reader that skips lines without any. ASCII, case-insensitive. */
export const clueAnchors: readonly string[] = [
  'Detectoid',
  'local computers',
  'initialization and stopped',
  'konnte nicht initialisiert',
  'maxInstalledPrerequisites',
];
/** A line without any of these, or the beginning of one at its end, holds no phrase. */
const mayHold = /Detectoid|computers|stopped|angehalten|maxInstalled/i;
/** No phrase is longer without its blanks. */
const edge = 100;

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** Finds clues line by line, in constant memory. A phrase may be broken over two lines. */
export class ClueReader {
  #tail = '';
  #tailLine = -1;
  readonly #tell: (clue: Clue, line: NumberedLine, normal: string) => void;

  constructor(tell: (clue: Clue, line: NumberedLine, normal: string) => void) {
    this.#tell = tell;
  }

  read(line: NumberedLine): void {
    const normal = normaliseLine(line.text);
    const here = mayHold.test(normal);
    const tail = this.#tailLine === line.line - 1 ? this.#tail : '';
    const joined = tail === '' ? '' : tail + squeeze(normal.slice(0, 2 * edge));
    const broken = joined !== '' && mayHold.test(joined);
    if (here || broken) {
      for (const [clue, phrase] of phrases) {
        // What ends before the line begins was told with the line before.
        const over = broken ? phrase.exec(joined) : null;
        const crosses =
          over !== null && over.index < tail.length && over.index + over[0].length > tail.length;
        if (crosses || (here && phrase.test(normal))) this.#tell(clue, line, normal);
      }
    }
    this.#tail = squeeze(normal.slice(-2 * edge)).slice(-edge);
    this.#tailLine = line.line;
  }
}
