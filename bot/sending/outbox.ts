import { AttemptFailed } from './attempt-failed.ts';
import { ConversationQueue, type Waiting } from './conversation-queue.ts';
import { judgeAttempt } from './judge-attempt.ts';
import type { Letter } from './letter.ts';
import { SendError } from './send-error.ts';
import type { SendLimits } from './send-limits.ts';
import { SendRate } from './send-rate.ts';

export interface OutboxOptions {
  /** Asked anew for each send: with other replicas at work a replica has a part of them only. */
  readonly limits: () => SendLimits;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number;
  /** Resolves after that time, or when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The conversation takes nothing any more, says Teams. Must not throw. */
  readonly onClosed: (conversation: string, error: SendError) => void;
}

export interface Outbox {
  /** The id of the message that is there now. Throws a SendError. */
  send(letter: Letter): Promise<string>;
  /** Ends when nothing waits and nothing is under way. */
  drain(): Promise<void>;
}

/** Connections that are used at the same time. */
const mostUnderWay = 16;
/** How much may wait: for one conversation, and in all. With cards of 20 KB that is some tens of megabytes. */
const mostForOne = 200;
const mostInAll = 4_000;
/** Attempts, and the wait before the second one, milliseconds; it doubles each time. */
const mostAttempts = 9;
const firstRest = 500;
const longestRest = 30_000;
/** How often it is looked which conversations can be forgotten, milliseconds. */
const betweenTidying = 60_000;

/**
 * Sends within the limits of Teams, to each conversation in its order, answers before progress, and no conversation at the cost
 * of the others. What Teams asks to repeat is repeated.
 */
export const createOutbox = (options: OutboxOptions): Outbox => {
  const { limits, monotonic } = options;
  /** Of every conversation of the last hour, for its rate. */
  const queues = new Map<string, ConversationQueue>();
  /** Those in which something waits, in the order in which they are served. */
  const waiting = new Map<string, ConversationQueue>();
  const tenant = new SendRate();
  const idle = new Set<() => void>();
  let underWay = 0;
  let inAll = 0;
  let tidiedAt = monotonic();
  let alarm: AbortController | undefined;

  const queueOf = (conversation: string): ConversationQueue => {
    const known = queues.get(conversation) ?? new ConversationQueue();
    queues.set(conversation, known);
    return known;
  };

  const reject = (entry: Waiting, error: unknown): void => {
    for (const { reject } of entry.told) reject(error);
  };

  /** What waits is counted wherever it comes or goes. */
  const change = (conversation: string, queue: ConversationQueue, how: () => void): void => {
    const before = queue.length;
    how();
    inAll += queue.length - before;
    if (queue.length === 0) waiting.delete(conversation);
    else if (!waiting.has(conversation)) waiting.set(conversation, queue);
  };

  /** Starts what may start now, one conversation after the other, and wakes up when the next one may. */
  const pump = (): void => {
    const now = monotonic();
    const { perConversation, perTenant } = limits();
    for (const [conversation, queue] of [...waiting]) {
      change(conversation, queue, () => {
        for (const entry of queue.takeExpired(now)) reject(entry, tooLate(entry));
      });
    }
    for (const urgency of ['answer', 'progress'] as const) {
      for (const [conversation, queue] of [...waiting]) {
        if (underWay >= mostUnderWay || tenant.readyAt(perTenant) > now) break;
        if (queue.readyAt(urgency, perConversation) > now) continue;
        // To the end: the others come first the next time.
        waiting.delete(conversation);
        change(conversation, queue, () => {
          const entry = queue.begin(urgency, now);
          if (entry !== undefined) void attempt(queue, entry);
        });
      }
    }
    tidy(now);
    if (inAll === 0 && underWay === 0) for (const resolve of idle) resolve();
    wakeUp(now);
  };

  const tidy = (now: number): void => {
    if (now - tidiedAt < betweenTidying) return;
    tidiedAt = now;
    const { perConversation, perTenant } = limits();
    for (const [conversation, queue] of queues) {
      if (queue.isIdle(perConversation, now)) queues.delete(conversation);
    }
    tenant.forget(perTenant, now);
  };

  const wakeUp = (now: number): void => {
    alarm?.abort();
    alarm = undefined;
    if (inAll === 0) return;
    const { perConversation, perTenant } = limits();
    const soonest = Math.min(
      ...[...waiting.values()].flatMap((queue) => [
        queue.readyAt('answer', perConversation),
        queue.readyAt('progress', perConversation),
      ]),
    );
    const mayGo = underWay >= mostUnderWay ? Number.POSITIVE_INFINITY : tenant.readyAt(perTenant);
    const expires = Math.min(...[...waiting.values()].map((queue) => queue.expiresAt())) + 1;
    const at = Math.min(Math.max(soonest, mayGo), expires);
    // The end of what is under way comes by here too.
    if (!Number.isFinite(at)) return;
    const own = new AbortController();
    alarm = own;
    void options.pause(Math.max(0, at - now), own.signal).then(() => {
      if (!own.signal.aborted) pump();
    });
  };

  const attempt = async (queue: ConversationQueue, entry: Waiting): Promise<void> => {
    underWay += 1;
    tenant.begin();
    const [outcome] = await Promise.allSettled([entry.letter.send()]);
    const now = monotonic();
    underWay -= 1;
    tenant.end(now);
    queue.ended(now);
    if (outcome.status === 'fulfilled') for (const { resolve } of entry.told) resolve(outcome.value);
    else failed(queue, entry, outcome.reason, now);
    pump();
  };

  const failed = (queue: ConversationQueue, entry: Waiting, reason: unknown, now: number): void => {
    const { letter } = entry;
    if (!(reason instanceof AttemptFailed)) {
      reject(entry, reason);
      return;
    }
    const { error, again, closes } = judgeAttempt(reason, letter.doing, letter.replaces !== undefined);
    if (closes) {
      options.onClosed(letter.conversation, error);
      change(letter.conversation, queue, () => {
        for (const other of queue.takeAll()) reject(other, error);
      });
    }
    entry.attempts += 1;
    if (again === undefined || entry.attempts >= mostAttempts) {
      reject(entry, error);
      return;
    }
    const until = now + restAfter(entry.attempts, reason.retryAfter, options.random());
    if (again === 'conversation') queue.rest(until);
    entry.failure = error;
    change(letter.conversation, queue, () => queue.addAgain(entry, until));
  };

  return {
    send: (letter) =>
      new Promise<string>((resolve, refuse) => {
        const queue = queueOf(letter.conversation);
        const entry: Waiting = {
          letter,
          attempts: 0,
          failure: undefined,
          notBefore: 0,
          told: [{ resolve, reject: refuse }],
        };
        change(letter.conversation, queue, () => {
          queue.add(entry);
          if (queue.length <= mostForOne && inAll < mostInAll) return;
          const left = queue.takeProgress() ?? queue.takeNewest();
          if (left !== undefined) reject(left, new SendError('send.too-many', left.letter.doing, 'not-sent'));
        });
        pump();
      }),
    drain: async () => {
      while (inAll > 0 || underWay > 0) {
        await new Promise<void>((resolve) => {
          const done = () => {
            idle.delete(done);
            resolve();
          };
          idle.add(done);
        });
      }
    },
  };
};

/** 500 ms, 1 s, 2 s, … up to 30 s, each at random between half and all of it; or what Teams asks for, and up to a quarter more. */
const restAfter = (attempts: number, asked: number | undefined, random: number): number =>
  asked === undefined
    ? Math.min(firstRest * 2 ** (attempts - 1), longestRest) * (0.5 + random / 2)
    : asked * (1 + random / 4);

const tooLate = ({ letter, failure }: Waiting): Error =>
  failure ?? new SendError('send.too-late', letter.doing, 'not-sent');
