import { buttonRow, fold, openKb, toggle } from './blocks/buttons.ts';
import { container } from './blocks/element.ts';
import { evidenceBand, evidenceTitle, otherEvidence } from './blocks/evidence-band.ts';
import { seenRows } from './blocks/seen.ts';
import { states, strip } from './blocks/strip.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './diagnosis.json' with { type: 'json' };
import { type DiagnosisNext, nextElements } from './diagnosis-next.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import { own } from './own-text.ts';
import type { View } from './view.ts';

export type { DiagnosisNext } from './diagnosis-next.ts';

/** KB 4096317 in what was pasted or sent. */
export interface DiagnosisCardData {
  readonly view: View;
  /** Microsoft's own example text with its placeholders: it proves nothing about a server. */
  readonly isExample: boolean;
  /** All lines that prove it, the best first; two are shown, up to four more under "All lines". */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that hold the fault in all of the text. */
  readonly faultLines: number;
  readonly seen: SeenView;
  readonly next: DiagnosisNext;
}

const fill = cardTemplate(template);

/** 4.2: names the cause, shows why, leads to the check. */
export function diagnosisCard(data: DiagnosisCardData): Card {
  const why = data.isExample
    ? own`This is the article’s example: it proves nothing about a server.`
    : own`The log proves the cause, not the limit that is set now.`;
  const next = nextElements(data.next, why);
  const others = otherEvidence(data.evidence);
  const seen = data.isExample ? [] : seenRows(data.seen, data.view);
  const extra = [...(others.length > 0 ? [toggle('All lines')] : []), openKb()];
  const buttons = [...next.buttons, ...extra.slice(0, Math.max(0, 3 - next.buttons.length))];
  const opens = buttons.some((button) => button.type === 'Action.ToggleVisibility');
  return fill(
    `Cause found: KB 4096317, the server’s limit is too low for these clients. ${next.spoken}`.trim(),
    {
      strip: strip({
        state: states.causeFound,
        extra: [own`KB\u00a04096317`],
        heading: own`The server’s limit is too low for these clients`,
      }),
      evidenceTitle: evidenceTitle(data.evidence, data.faultLines),
      evidence: evidenceBand(data.evidence),
      seen: seen.length === 0 ? [] : [container(seen, { spacing: 'Medium' })],
      next: next.block,
      choice: next.choice,
      buttons: buttonRow(buttons),
      fold: opens ? fold(others) : [],
    },
  );
}
