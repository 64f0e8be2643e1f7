import { z } from 'zod';
import { problemsOfCard } from './card-problems.ts';

/** What Teams takes from one bot in one conversation, and in one tenant: written down once more, and not the program's own table. */
const rates = {
  conversation: [
    [1_000, 7],
    [2_000, 8],
    [30_000, 60],
    [3_600_000, 1_800],
  ],
  tenant: [[1_000, 50]],
} as const;

const mostBytes = 80 * 1024;

const account = z.looseObject({ id: z.string().min(1) });
const adaptiveCard = z.strictObject({
  contentType: z.literal('application/vnd.microsoft.card.adaptive'),
  // Judged by itself.
  content: z.looseObject({ type: z.literal('AdaptiveCard') }),
});
const common = {
  type: z.literal('message'),
  id: z.string().min(1).optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  from: account,
  recipient: account.optional(),
  conversation: account,
  locale: z.string().optional(),
  replyToId: z.string().min(1).optional(),
  inputHint: z.string().optional(),
};
/** A card alone or a text alone: Teams splits a message that has both, and then no id comes back. */
const message = z.union([
  z.strictObject({ ...common, summary: z.string().min(1), attachments: z.tuple([adaptiveCard]) }),
  z.strictObject({ ...common, text: z.string().min(1) }),
]);

/** What is not as Teams wants it, of all requests that come to a fake connector. */
export interface ConnectorJudge {
  readonly complaints: readonly string[];
  /** Milliseconds. The most that came to one conversation within a second. */
  readonly busiest: number;
  judge(conversationId: string, activity: Record<string, unknown>, at: number): void;
  complain(what: string): void;
}

export const connectorJudge = (): ConnectorJudge => {
  const complaints: string[] = [];
  const arrivals = new Map<string, number[]>();
  const all: number[] = [];
  let busiest = 0;

  const judgeRate = (
    what: string,
    times: number[],
    limits: readonly (readonly [number, number])[],
    at: number,
  ): void => {
    times.push(at);
    for (const [within, most] of limits) {
      const before = times.at(-1 - most);
      if (before !== undefined && at - before < within) {
        complaints.push(
          `${what}: ${most + 1} in ${Math.ceil(at - before)} ms, and ${most} in ${within} are allowed`,
        );
      }
    }
  };

  return {
    complaints,
    get busiest() {
      return busiest;
    },
    complain: (what) => complaints.push(what),
    judge: (conversationId, activity, at) => {
      const shape = message.safeParse(activity);
      if (!shape.success) complaints.push(`activity: ${z.prettifyError(shape.error)}`);
      const bytes = JSON.stringify(activity).length * 2;
      if (bytes > mostBytes) complaints.push(`size: ${bytes} bytes of UTF-16`);
      for (const problem of cardsOf(activity).flatMap(problemsOfCard)) complaints.push(`card: ${problem}`);
      // A thread is a part of its channel.
      const whole = conversationId.replace(/;messageid=.*$/, '');
      const times = arrivals.get(whole) ?? [];
      arrivals.set(whole, times);
      judgeRate(`rate in ${whole}`, times, rates.conversation, at);
      judgeRate('rate in the tenant', all, rates.tenant, at);
      busiest = Math.max(busiest, times.filter((time) => at - time < 1_000).length);
    },
  };
};

const cardsOf = (activity: Record<string, unknown>): readonly unknown[] =>
  ((activity.attachments as { readonly content?: unknown }[] | undefined) ?? []).map(
    ({ content }) => content,
  );
