import type { LimitKey } from '../../remote/contract.ts';
import type { Refusal } from '../../remote/web-config-refusal.ts';
import type { LogTime } from './fault.ts';

/** Refusals of KB 4096317 that somebody saw. */
export interface Refusals {
  readonly seenIn: 'server-log' | 'pasted-text';
  readonly count: number;
  /** 0: the text names none. */
  readonly clients: number;
  readonly since: LogTime | null;
  readonly last: LogTime | null;
}

/** A part of the report that could not be read. `reason` is the server's: outside text. */
export interface UnreadPart {
  readonly part: 'wsus' | 'file' | 'pool' | 'health' | 'log';
  readonly code: string;
  readonly reason: string;
}

export interface LimitNow {
  readonly key: LimitKey;
  readonly current: number;
  /** max(current, 800), or max(current, 44000) for maxCachedUpdates. */
  readonly target: number;
  /** The value the setup writes: 400, or 22000. */
  readonly isDefault: boolean;
  readonly line: number;
  /** Outside text. */
  readonly lineText: string;
}

/** What a report means, alone or with a text that concerns the same server. */
export type Verdict =
  | {
      readonly kind: 'limit-too-low';
      readonly limit: LimitNow;
      /** maxCachedUpdates, when it can be read and is below its target: KB 4096317 raises it too since 2026-02-05. */
      readonly second: LimitNow | null;
      /** null: no client was refused in the part of the log that was read, or the log was not read (see `logUnread`). */
      readonly refusals: Refusals | null;
      readonly logUnread: UnreadPart | null;
    }
  | {
      /** The file is newer than the process that should have read it. */
      readonly kind: 'raised-not-active';
      readonly limit: LimitNow;
      readonly workerStartedAt: string;
      readonly fileWrittenAt: string;
      readonly refusals: Refusals | null;
    }
  | {
      readonly kind: 'raised-still-failing';
      readonly limit: LimitNow;
      readonly workerStartedAt: string;
      /** The last of them after the worker's start. */
      readonly refusals: Refusals;
    }
  | {
      readonly kind: 'healthy';
      readonly limit: LimitNow;
      /** null: the pool has no worker; the next request starts one with this file. */
      readonly workerStartedAt: string | null;
      /** Before the worker's start, or at a time that cannot be compared with it. */
      readonly refusals: Refusals | null;
    }
  | {
      /** The limit is high enough, but the web service does not answer as it should. */
      readonly kind: 'service-down';
      readonly limit: LimitNow;
      readonly poolState: string;
      readonly versionStatus: number;
      readonly getConfigStatus: number;
    }
  | { readonly kind: 'file-refused'; readonly reason: Refusal; readonly refusals: Refusals | null }
  | { readonly kind: 'not-wsus' }
  | { readonly kind: 'unclear'; readonly unread: UnreadPart; readonly limit: LimitNow | null };
