/** One person's yes. Display name as it was. */
export interface VoteView {
  readonly by: string;
  readonly at: Date;
}

/** How far a plan is on its way to being approved. After the first vote the plan shown is the one that was voted for. */
export interface ApprovalsView {
  /** How many different people have to approve. */
  readonly needed: number;
  /** Oldest first. */
  readonly votes: readonly VoteView[];
}

/** One person ran the plan alone. `reason` is in their words: outside text. */
export interface BrokeGlassView extends VoteView {
  readonly reason: string;
}
