import type { ApprovalsView } from './approval-view.ts';
import type { ChangeView, LimitEditView, SiteView } from './change-view.ts';
import type { LogTime } from './evidence-view.ts';
import type { InterruptionView } from './interruption-view.ts';
import type { PolicyView } from './policy-view.ts';
import type { RootCauseView } from './root-cause-view.ts';
import type { WayView } from './way-view.ts';
import type { StartView } from './window-view.ts';

/** Why the change is proposed. */
export type CauseView =
  /** Clients were refused: seen in the server's log, or in what was pasted. `clients` 0: the lines name none. */
  | { readonly kind: 'refused'; readonly clients: number; readonly since?: LogTime; readonly last?: LogTime }
  /** The limit is the default (or below the target) and no refusal was seen. */
  | { readonly kind: 'limit-only'; readonly logUnread?: boolean }
  /** Somebody pressed Roll back. */
  | { readonly kind: 'roll-back' }
  /** The file holds the raised value, the service started before it was written. */
  | { readonly kind: 'not-active'; readonly writtenAt: Date; readonly startedAt?: Date };

/** A plan as its proposal shows it (4.6, 4.7). Hashes are lower-case hex. */
export interface PlanView extends ChangeView {
  readonly cause: CauseView;
  /** How the server was read for it. */
  readonly way?: WayView;
  /** What makes the lists long: the cure beside this relief. */
  readonly rootCause?: RootCauseView;
  /** The change before this one was killed before its end. */
  readonly interruption?: InterruptionView;
  /** All sites of the host. */
  readonly sites: readonly SiteView[];
  /** Application pool of ClientWebService. */
  readonly pool?: string;
  /** How long a restart took on this host before, milliseconds. */
  readonly usualRestart?: number;
  /** Offered as a tick box that is off; both variants are planned before the card is sent. */
  readonly secondKey?: LimitEditView;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly validUntil: Date;
  /** Absent: one approval is enough, and there is none yet. */
  readonly approvals?: ApprovalsView;
  /** Absent: at once. */
  readonly start?: StartView;
  readonly details: {
    /** Number or short id of the plan. */
    readonly id: string;
    readonly hash: string;
    /** SHA-256 of the module that the plan is bound to. */
    readonly module?: string;
    readonly policy?: PolicyView;
    /** Absent for a restart alone. */
    readonly file?: string;
    readonly lineNow?: string;
    readonly sha256Before?: string;
    readonly sha256After?: string;
    /** Where the backup goes, or the backup that is put back. */
    readonly backup?: string;
  };
}
