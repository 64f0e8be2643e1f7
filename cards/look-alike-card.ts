import type { Card } from './card.ts';
import type { DiagnosisNext } from './diagnosis-card.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import type { View } from './view.ts';

/** Failures that look like KB 4096317 and are not. `neighbour` is another code of the same family. */
export type LookAlikeKind =
  | 'other-cached-update-ids'
  | 'simple-auth'
  | 'other-invalid-parameters'
  | 'server-fault'
  | 'self-healing'
  | 'upstream-sync'
  | 'neighbour';

/** 4.4. */
export interface LookAlikeCardData {
  readonly view: View;
  readonly kind: LookAlikeKind;
  /** The code as an unsigned number, 0x80244010; only for `neighbour`. */
  readonly hresult?: number;
  /** What this code or fault means, and what to do, in order: shown as outside text, so any string is safe. Needed for `neighbour`, else extra. */
  readonly meaning?: string;
  readonly steps?: readonly string[];
  /** The word of the fault that differs: "parameters.OtherCachedUpdateIDs", an ErrorCode, a Method. Shown beside the one of KB 4096317. */
  readonly theirs?: { readonly errorCode?: string; readonly message?: string; readonly method?: string };
  readonly evidence: readonly EvidenceLine[];
  readonly seen: SeenView;
  /** Left out for everything that a check cannot answer. */
  readonly next?: DiagnosisNext;
}

export function lookAlikeCard(data: LookAlikeCardData): Card {
  throw new Error(`not built: ${data}`);
}
