import { AttemptFailed } from '../../../bot/sending/attempt-failed.ts';
import type { Letter } from '../../../bot/sending/letter.ts';
import { createOutbox, type Outbox } from '../../../bot/sending/outbox.ts';
import { shareOfLimits } from '../../../bot/sending/send-limits.ts';

/** What one attempt does: milliseconds that it takes, and how it fails if it does. */
export interface Attempt {
  readonly takes?: number;
  readonly fails?: ConstructorParameters<typeof AttemptFailed>[0];
}

export interface Arrived {
  readonly what: string;
  readonly conversation: string;
  readonly at: number;
}

export interface OutboxScene {
  readonly outbox: Outbox;
  /** Every attempt that was begun, in its order. */
  readonly arrived: Arrived[];
  readonly closed: string[];
  readonly now: () => number;
  /** Sends; the attempts go as the list says, the last of it for all that follow. */
  send(what: string, letter?: Partial<Letter>, attempts?: readonly Attempt[]): Promise<string>;
  /** Lets the time pass until nothing is left to happen, or until that moment. */
  run(until?: number): Promise<void>;
}

/** An outbox whose clock moves only when everything else stands still. */
export const startOutbox = (replicas = 1, random = 0): OutboxScene => {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly ring: () => void }>();
  const arrived: Arrived[] = [];
  const closed: string[] = [];
  const after = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = { at: now + milliseconds, ring: resolve };
      timers.add(timer);
    });
  const limits = shareOfLimits(replicas);
  const outbox = createOutbox({
    limits: () => limits,
    monotonic: () => now,
    pause: (milliseconds, signal) => {
      const passed = after(milliseconds);
      // One that nobody waits for any more must not move the clock.
      const last = [...timers].at(-1);
      signal.addEventListener('abort', () => last !== undefined && timers.delete(last));
      return passed;
    },
    random: () => random,
    onClosed: (conversation) => closed.push(conversation),
  });
  /** Everything that can happen without time has happened. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return {
    outbox,
    arrived,
    closed,
    now: () => now,
    send: (what, letter = {}, attempts = [{}]) => {
      let tried = 0;
      return outbox.send({
        conversation: 'a',
        urgency: 'answer',
        notAfter: now + 300_000,
        doing: `sending ${what}`,
        send: async () => {
          const attempt = attempts[Math.min(tried, attempts.length - 1)];
          tried += 1;
          arrived.push({ what, conversation: letter.conversation ?? 'a', at: now });
          await after(attempt?.takes ?? 10);
          if (attempt?.fails !== undefined) throw new AttemptFailed(attempt.fails);
          return what;
        },
        ...letter,
      });
    },
    run: async (until = Number.POSITIVE_INFINITY) => {
      await settle();
      for (;;) {
        const [next] = [...timers].toSorted((one, other) => one.at - other.at);
        if (next === undefined || next.at > until) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.ring();
        await settle();
      }
      if (Number.isFinite(until)) now = Math.max(now, until);
    },
  };
};
