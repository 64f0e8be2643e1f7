import type { Limit } from './send-rate.ts';

/**
 * What Teams takes from one bot in one conversation: a chat, or a channel with all its threads.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit. It counts new messages and edits apart; here they count
 * together.
 */
const perConversation: readonly Limit[] = [
  { within: 1_000, most: 7 },
  { within: 2_000, most: 8 },
  { within: 30_000, most: 60 },
  { within: 3_600_000, most: 1_800 },
];

/** What it takes from one app in one tenant. */
const perTenant: readonly Limit[] = [{ within: 1_000, most: 50 }];

export interface SendLimits {
  readonly perConversation: readonly Limit[];
  readonly perTenant: readonly Limit[];
}

/** The part of one of several replicas that send at the same time; each keeps at least one send of every limit. */
export const shareOfLimits = (replicas: number): SendLimits => ({
  perConversation: shared(perConversation, replicas),
  perTenant: shared(perTenant, replicas),
});

const shared = (limits: readonly Limit[], replicas: number): Limit[] =>
  limits.map(({ within, most }) => ({ within, most: Math.max(1, Math.floor(most / Math.max(1, replicas))) }));
