/** One maintenance window, as a span of time; `zone` is the IANA name whose clocks set it. */
export interface WindowView {
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
}

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** The rule behind windows: days of the week, "02:00" to "04:00" by the clocks of `zone`. */
export interface WindowRuleView {
  readonly days: readonly (typeof weekdays)[number][];
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** When a plan starts once it is approved in full. */
export type StartView =
  | { readonly kind: 'at-once' }
  /** Outside of the windows: it is queued until this one. */
  | { readonly kind: 'in-window'; readonly window: WindowView }
  /** Outside of the windows, and the policy refuses an approval until this one opens. */
  | { readonly kind: 'not-before'; readonly window: WindowView };
