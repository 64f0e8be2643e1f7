import type { ChangeView } from './change-view.ts';

/** The change that keeps a server to itself. */
export interface LockHolderView {
  readonly change: ChangeView;
  readonly state: 'approved' | 'running' | 'unknown';
  readonly since: Date;
  readonly askedBy: string;
  /** Everybody who approved; empty when `brokeGlass` says who ran it alone. */
  readonly approvedBy: readonly string[];
  readonly brokeGlass?: string;
}
