/** The opaque random token that a button carries: `data: { token }`, verb `press`. */
export type Token = string;

/** Ids of the inputs whose values come back with a press (`Inbound.inputs`). */
export const inputIds = {
  /** ChoiceSet of inventory names. */
  server: 'server',
  /** Toggle "true" or "false": raise the second key too. */
  secondKey: 'secondKey',
  /** Text: why one person runs a plan alone. */
  reason: 'reason',
} as const;

/** Characters of a written reason, at least and at most. */
export const reasonLength = { least: 10, most: 500 } as const;
