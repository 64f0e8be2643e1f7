import type { ChangeStep, ChangeView } from './change-view.ts';

/** One server of a batch, in the order in which they are changed. */
export interface BatchPlanView {
  /** Its server, work and number. */
  readonly change: ChangeView;
  /** How many sites its restart stops; absent: not known. */
  readonly sites?: number;
}

/** Why a server of the request is not in the batch. */
export interface LeftOutView {
  readonly server: string;
  readonly why:
    | 'healthy'
    /** Raised, and the running process does not know it yet. */
    | 'not-active'
    /** Raised and active, and clients still fail. */
    | 'still-failing'
    | 'service-down'
    | 'not-readable'
    /** Its report is another one than when the batch was asked for. */
    | 'changed-since'
    | 'locked'
    | 'file-refused'
    | 'not-wsus'
    | 'unclear'
    | 'not-allowed';
}

/** Why a server of a batch did not get its change: a reason of a table, or what became of its plan. */
export type RowReason =
  | string
  | { readonly kind: 'declined' | 'withdrawn' | 'taken-over'; readonly by: string }
  | { readonly kind: 'expired' | 'superseded' };

export interface BatchRowView {
  readonly change: ChangeView;
  readonly state: 'waits' | 'running' | 'done' | 'failed' | 'not-started' | 'unknown';
  /** Of a running one. */
  readonly step?: ChangeStep;
  /** From its start to its end, milliseconds. */
  readonly took?: number;
  /** Why it failed, is not known or was not started; outside text. */
  readonly reason?: RowReason;
}
