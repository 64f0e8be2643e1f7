import { normaliseLine } from './normalise.ts';
import type { NumberedLine } from './records.ts';

/** What a line tells that is no fault by itself. */
export type Clue =
  /** Names one of the test products of KB 5121986. */
  | 'test-detectoid'
  /** SimpleAuth of a server that holds as many computers as it may. */
  | 'computer-table-full'
  /** Event 507: the WSUS service did not start. */
  | 'service-not-initialised'
  /** Speaks of the key that KB 4096317 raises, as Microsoft's pages do. */
  | 'names-the-edit'
  /** A log of an agent that writes WindowsUpdate.log as plain text (Windows 7, 8.1, Server 2012 R2 and older). */
  | 'plain-log'
  /** A log that Get-WindowsUpdateLog made out of traces (Windows 10, Server 2016 and later). */
  | 'traced-log';

/** Without blanks and in lower case, so that a line broken by a paste is still found. */
const phrases: readonly (readonly [string, Clue])[] = [
  ['productdetectoidforproductnametestproduct', 'test-detectoid'],
  ['allowedmaxnumberoflocalcomputers', 'computer-table-full'],
  ['updateservicesfaileditsinitializationandstopped', 'service-not-initialised'],
  ['updateserviceskonntenichtinitialisiertwerdenundwurdeangehalten', 'service-not-initialised'],
  ['maxinstalledprerequisites', 'names-the-edit'],
];
const longestPhrase = Math.max(...phrases.map(([phrase]) => phrase.length));

const plainLine = /^\s{0,8}\d{4}-\d\d-\d\d\s{1,8}\d\d:\d\d:\d\d:\d{3}\s/;
const tracedLine =
  /^\s{0,8}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s{1,8}\d{1,2}:\d\d:\d\d\.\d{7}\s|\*FAILED\*\s{0,4}\[8/;
const olderWindows = /\bWindows (?:XP|Vista|7|8|8\.1)(?![\d.])/i;
const newerWindows = /\bWindows (?:10|11)(?![\d.])/i;

/** Byte strings of which one is in every line that can hold a clue, for a reader that skips the others. ASCII, case-insensitive. */
export const clueAnchors: readonly string[] = [
  'Detectoid',
  'local computers',
  'initialization and stopped',
  'konnte nicht initialisiert',
  'maxInstalledPrerequisites',
];

/** Finds clues line by line, in constant memory. */
export class ClueReader {
  #tail = '';
  #tailLine = -1;
  readonly #tell: (clue: Clue, line: NumberedLine, normal: string) => void;

  constructor(tell: (clue: Clue, line: NumberedLine, normal: string) => void) {
    this.#tell = tell;
  }

  read(line: NumberedLine): void {
    const normal = normaliseLine(line.text);
    if (plainLine.test(normal)) this.#tell('plain-log', line, normal);
    else if (tracedLine.test(normal)) this.#tell('traced-log', line, normal);
    else if (olderWindows.test(normal) && !newerWindows.test(normal)) this.#tell('plain-log', line, normal);
    else if (newerWindows.test(normal) && !olderWindows.test(normal)) this.#tell('traced-log', line, normal);

    const tail = this.#tailLine === line.line - 1 ? this.#tail : '';
    const squeezed = tail + normal.replace(/\s+/g, '').toLowerCase();
    for (const [phrase, clue] of phrases) {
      // Not again what ended on the line before.
      if (squeezed.includes(phrase, Math.max(0, tail.length - phrase.length + 1)))
        this.#tell(clue, line, normal);
    }
    this.#tail = squeezed.slice(-longestPhrase);
    this.#tailLine = line.line;
  }
}
