import type { FaultLine } from '../faults/fault.ts';
import { readPrefix } from '../records/log-prefix.ts';
import { normaliseLine } from '../records/normalise.ts';

export const mostEvidence = 20;
const telling =
  /InvalidParameters|InternalServerError|ErrorCode|parameters\.|ThrowException|Product Detectoid/i;

/** Lines that stand together: the first begins an entry, the others are what a paste broke off it. */
export function toBlocks(lines: readonly FaultLine[]): FaultLine[][] {
  const blocks: FaultLine[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const previous = block?.at(-1);
    const follows = previous?.line === line.line - 1 && previous.source === line.source;
    if (block !== undefined && follows && readPrefix(normaliseLine(line.text)) === null) block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** Evidence of one kind is as good as any other of it: the log it stands in, and whether it holds the fault's detail. */
export const evidenceKindOf = (block: readonly FaultLine[]): string =>
  `${block[0]?.source} ${telling.test(block.map(({ text }) => text).join(''))}`;

/**
 * @param lines In the order of the text.
 * @returns at most 20: first an entry of each log that holds a fault's detail, then one of each with a bare number, then the others.
 */
export function pickEvidence(lines: readonly FaultLine[]): FaultLine[] {
  const blocks = toBlocks(lines);
  const kinds = new Map(blocks.map((block) => [block, evidenceKindOf(block)]));
  const first = new Map<string, FaultLine[]>();
  for (const wanted of [true, false]) {
    for (const block of blocks) {
      const kind = kinds.get(block) ?? '';
      if (!first.has(kind) && kind.endsWith(` ${wanted}`)) first.set(kind, block);
    }
  }
  return [...new Set([...first.values(), ...blocks].flat())].slice(0, mostEvidence);
}
