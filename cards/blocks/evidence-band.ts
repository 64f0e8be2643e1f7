import { countText } from '../count-text.ts';
import type { EvidenceLine } from '../evidence-view.ts';
import { own } from '../own-text.ts';
import { codeBand } from './code-band.ts';
import { container, type Element } from './element.ts';
import { evidenceLines, plainEvidenceLines } from './evidence.ts';
import { sectionTitle } from './words.ts';

const shownLines = 2;

/** "Evidence: 2 of 412 lines". */
export function evidenceTitle(evidence: readonly EvidenceLine[], faultLines: number): readonly Element[] {
  const shown = Math.min(shownLines, evidence.length);
  if (shown === 0) return [];
  const all = Math.max(shown, faultLines);
  return [sectionTitle(all === shown ? own`Evidence` : own`Evidence: ${shown} of ${countText(all)} lines`)];
}

/** The two lines that prove it best. */
export function evidenceBand(evidence: readonly EvidenceLine[]): readonly Element[] {
  if (evidence.length === 0) return [];
  return [codeBand(evidence.slice(0, shownLines).flatMap((line, index) => evidenceLines(line, index === 0)))];
}

/** The lines that the card does not show, one entry each, for the fold of "All lines". */
export function otherEvidence(evidence: readonly EvidenceLine[]): readonly Element[] {
  return evidence
    .slice(shownLines, shownLines + 4)
    .map((line) => container(plainEvidenceLines(line), { spacing: 'Small' }));
}
