import type { Report } from '../../remote/contract.ts';
import { readLimits } from '../../remote/web-config.ts';
import type { Verdict } from './verdict.ts';

/** A part that would say more and could not be read. `reason` is the server's: outside text. */
interface UnreadCause {
  readonly part: 'updates' | 'counters';
  readonly reason: string;
}

/** What makes the clients' lists long, as far as the server tells: the cure beside the relief of a higher limit. */
export interface RootCause {
  /** Updates in SUSDB; null when they could not be counted. */
  readonly updates: {
    readonly notDeclined: number;
    readonly supersededNotDeclined: number;
    /** Test products of KB 5121986. Any number but 0 comes before everything else. */
    readonly testDetectoids: number;
  } | null;
  /** The longest list since the service started, by its performance counter. */
  readonly longestList: number | null;
  /** The longest list of cached updates, where it is above `maxCachedUpdates`. */
  readonly cached: { readonly longest: number; readonly limit: number } | null;
  readonly unread: readonly UnreadCause[];
}

/**
 * Null where the verdict is not about lists that are too long. A part that was not asked for (a brief report) is no part that
 * could not be read. Pure.
 */
export function rootCauseOf(report: Report, verdict: Verdict): RootCause | null {
  if (!isAboutLists(verdict)) return null;
  const { updates, counters, file } = report;
  const limits = file.ok ? readLimits(new Uint8Array(Buffer.from(file.bytes, 'base64'))) : undefined;
  const cachedLimit = limits?.maxCachedUpdates.ok ? limits.maxCachedUpdates.value : null;
  const longestCached = counters.ok ? counters.maximumOtherCachedUpdates : null;
  return {
    updates: updates.ok
      ? {
          notDeclined: updates.notDeclined,
          supersededNotDeclined: updates.supersededNotDeclined,
          testDetectoids: updates.testDetectoids,
        }
      : null,
    longestList: counters.ok ? counters.maximumNonLeafUpdates : null,
    cached:
      longestCached !== null && cachedLimit !== null && longestCached > cachedLimit
        ? { longest: longestCached, limit: cachedLimit }
        : null,
    unread: (['updates', 'counters'] as const).flatMap((part) => {
      const read = report[part];
      return read.ok || read.code === 'not-asked' || read.code === 'not-wsus'
        ? []
        : [{ part, reason: read.reason }];
    }),
  };
}

function isAboutLists(verdict: Verdict): boolean {
  if (verdict.kind === 'healthy') return verdict.refusals !== null;
  return (
    verdict.kind === 'limit-too-low' ||
    verdict.kind === 'raised-not-active' ||
    verdict.kind === 'raised-still-failing'
  );
}
