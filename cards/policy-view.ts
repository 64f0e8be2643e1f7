import type { WindowRuleView } from './window-view.ts';

/** What the policy of a server asks for. */
export interface PolicyView {
  /** How many different people have to approve. */
  readonly approvals: number;
  /** The person who asked may not approve. */
  readonly fourEyes: boolean;
  /** None: at any time. */
  readonly windows: readonly WindowRuleView[];
}
