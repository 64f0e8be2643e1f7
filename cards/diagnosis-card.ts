import type { Card } from './card.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** What follows a diagnosis. */
export type DiagnosisNext =
  /** The named server is being read already; its answer follows as its own message. */
  | { readonly kind: 'reading'; readonly server: string }
  /** One button a server, at most three are shown. */
  | { readonly kind: 'check'; readonly checks: readonly { readonly server: string; readonly token: Token }[] }
  /** The log names no server of the inventory: ChoiceSet, comes with `inputs.server`. */
  | { readonly kind: 'choose'; readonly servers: readonly string[]; readonly token: Token }
  /** The named server is not in the inventory, and nothing else can be offered. */
  | { readonly kind: 'not-in-inventory' }
  /** This person may not check. */
  | { readonly kind: 'may-not-check'; readonly askFor: readonly string[] };

/** 4.2: KB 4096317 in what was pasted or sent. */
export interface DiagnosisCardData {
  readonly view: View;
  /** Microsoft's own example text with its placeholders: it proves nothing about a server. */
  readonly isExample: boolean;
  /** All lines that prove it, the best first; two are shown, up to eight under "All lines". */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that hold the fault in all of the text. */
  readonly faultLines: number;
  readonly seen: SeenView;
  readonly next: DiagnosisNext;
}

export function diagnosisCard(data: DiagnosisCardData): Card {
  throw new Error(`not built: ${data}`);
}
