import type { BrokeGlassView, VoteView } from './approval-view.ts';

/** The keys of ClientWebService's web.config that a plan may change. */
type LimitKeyName = 'maxInstalledPrerequisites' | 'maxCachedUpdates';

export interface LimitEditView {
  readonly key: LimitKeyName;
  readonly from: number;
  readonly to: number;
  /** Line in web.config, counted from 1. */
  readonly line?: number;
}

/** What a plan does. A restart alone leaves the file as it is; `value` is the limit the file holds. */
export type WorkView =
  | { readonly kind: 'raise'; readonly edits: readonly LimitEditView[] }
  | { readonly kind: 'roll-back'; readonly edits: readonly LimitEditView[] }
  | { readonly kind: 'restart'; readonly value: number };

/** The part of a plan or change that all of its cards show. */
export interface ChangeView {
  /** Short name from the inventory. */
  readonly server: string;
  readonly work: WorkView;
  readonly activation: 'IISReset' | 'RecyclePool';
  /** Number for people: "change 1042". */
  readonly number?: number;
}

export interface SiteView {
  readonly name: string;
  readonly ports: readonly number[];
  readonly isWsus: boolean;
  readonly applications: readonly string[];
}

/** The steps of a change, in their order. A roll-back has no `backup`; a restart alone has neither `backup`, `write` nor `verify-file`. The `undo-` steps are the way back. */
export type ChangeStep =
  | 'read'
  | 'backup'
  | 'write'
  | 'verify-file'
  | 'restart'
  | 'wait'
  | 'verify'
  | 'undo-write'
  | 'undo-restart'
  | 'undo-verify';

export interface ChangeStepView {
  readonly step: ChangeStep;
  readonly state: 'done' | 'now' | 'later' | 'failed' | 'not-known';
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Why it failed or is not known; may hold text from outside. */
  readonly reason?: string;
}

export interface PeopleView {
  /** Display names. */
  readonly askedBy: string;
  readonly approvedBy?: string;
  readonly approvedAt?: Date;
  /** Where more than one approved: all of them, in place of `approvedBy` and `approvedAt`. */
  readonly approvals?: readonly VoteView[];
  /** In place of approvals. */
  readonly brokeGlass?: BrokeGlassView;
}
