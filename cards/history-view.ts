import type { ChangeView } from './change-view.ts';
import type { Token } from './press.ts';

/** Where a change is, or how it ended. */
export type HistoryState =
  | 'open'
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'failed-restored'
  | 'unknown'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'superseded'
  | 'stale'
  | 'cancelled'
  | 'taken-over'
  | 'answered'
  | 'unlocked';

export interface HistoryRow {
  readonly change: ChangeView;
  readonly state: HistoryState;
  /** When it ended; of one that has not ended, when it was proposed. */
  readonly at: Date;
  readonly askedBy: string;
  readonly approvedBy: readonly string[];
  /** Who ran it alone. */
  readonly brokeGlass?: string;
  /** From its start to its end, milliseconds. */
  readonly took?: number;
  /** Answers with the card of this change. */
  readonly open: Token;
}

/** What a check of the audit's hash chain found. `entry`: number of the first entry that does not fit, where one can be named. */
export type AuditChainView =
  | { readonly kind: 'intact' }
  | { readonly kind: 'broken'; readonly entry?: number }
  | { readonly kind: 'not-checked' };
