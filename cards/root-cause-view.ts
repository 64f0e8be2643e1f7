/** What makes the clients' lists long, as the server tells. What is null was not read and not shown. */
export interface RootCauseView {
  readonly updates: {
    readonly notDeclined: number;
    readonly supersededNotDeclined: number;
    /** Test products of KB 5121986. */
    readonly testDetectoids: number;
  } | null;
  /** The longest list of ids since the service started. */
  readonly longestList: number | null;
  /** The longest list of cached updates, where it is above its limit. */
  readonly cached: { readonly longest: number; readonly limit: number } | null;
  /** For the details; the reason is outside text. */
  readonly unread: readonly { readonly part: 'updates' | 'counters'; readonly reason: string }[];
}
