import type { Card } from './card.ts';
import type { EvidenceLine } from './evidence-view.ts';
import type { Token } from './press.ts';

/** 4.3: 80244007 (or its kind) without the detail that decides. */
export interface NotEnoughEvidenceCardData {
  /** Their lines with the code, at most two are shown. */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that were sent. */
  readonly lines: number;
  /** They quote Microsoft's general page, not a log. */
  readonly quotesGeneralPage: boolean;
  /** "Check a server": answer with `whichServerCard`. Absent when this person may not check. */
  readonly checkServer?: Token;
  /** Answer with the plain message `commands.findFaultLines`. */
  readonly commandsAsText: Token;
}

export function notEnoughEvidenceCard(data: NotEnoughEvidenceCardData): Card {
  throw new Error(`not built: ${data}`);
}
