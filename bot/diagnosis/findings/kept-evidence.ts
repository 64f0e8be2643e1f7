import type { FaultLine } from '../faults/fault.ts';
import { RecentKeys } from '../faults/recent-keys.ts';
import { mask } from '../mask.ts';
import { evidenceKindOf, mostEvidence, pickEvidence, toBlocks } from './pick-evidence.ts';

const mostKept = 60;
/** Lines that one fault can bring twice, as when one line holds two faults. */
const remembered = 256;
const longestText = 65_536;

/** The lines that prove a finding, in constant memory: the first of each kind, and the first ones of all. */
export class KeptEvidence {
  /** Several entries can stand on one line, when a paste lost the ends of the lines. */
  readonly #kept = new Map<string, FaultLine>();
  readonly #kinds = new Set<string>();
  readonly #recent = new RecentKeys<number, true>(remembered);
  #count = 0;

  add(lines: readonly FaultLine[]): void {
    for (const { line } of lines) this.#countLine(line);
    for (const block of toBlocks(lines)) {
      const kind = evidenceKindOf(block);
      if (this.#kept.size >= mostKept && this.#kinds.has(kind)) continue;
      this.#kinds.add(kind);
      for (const line of block.slice(0, mostKept)) this.#kept.set(keyOf(line), shortened(line));
    }
  }

  /** Lines of a kind that is kept already, each its own. */
  countMore(lines: number): void {
    this.#count += lines;
  }

  addAll(other: KeptEvidence): void {
    this.add([...other.#kept.values()]);
    this.#count += other.#count - other.#kept.size;
  }

  #countLine(line: number): void {
    if (this.#recent.get(line) === true) return;
    this.#count += 1;
    this.#recent.set(line, true);
  }

  /** How many lines there were. */
  get count(): number {
    return this.#count;
  }

  /** @returns at most 20, the given ones first, then the most telling; secrets in them masked. */
  pick(first: readonly FaultLine[] = []): FaultLine[] {
    const others = pickEvidence([...this.#kept.values()].toSorted((a, b) => a.line - b.line));
    const lines = new Map([...first.map(shortened), ...others].map((line) => [keyOf(line), line]));
    return [...lines.values()].slice(0, mostEvidence).map((line) => ({ ...line, text: mask(line.text) }));
  }
}

const keyOf = ({ line, text }: FaultLine): string => `${line} ${text.slice(0, 200)}`;

const shortened = (line: FaultLine): FaultLine =>
  line.text.length <= longestText ? line : { ...line, text: line.text.slice(0, longestText) };
