import { type AuditCursor, holdCursor, moveCursor, readCursor } from '../store/audit-cursor.ts';
import { auditPage, chainEnd } from '../store/audit-rows.ts';
import type { Database } from '../store/open-database.ts';
import { AuditError } from './audit-error.ts';
import { entryDelivery, headDelivery } from './delivery.ts';
import type { Delivery, Post } from './post-to-webhook.ts';
import type { SignedHead } from './signed-head.ts';

/** Names of the cursors: the last entry that the webhook took, and the entry of the last head that it took. */
export const webhookCursor = 'webhook';
const headCursor = 'webhook-heads';

export interface HandOverOptions {
  readonly database: Database;
  readonly post: Post;
  /** The newest signed head. */
  readonly latestHead: () => SignedHead | undefined;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds. Ends early, without an error, when the signal is given. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (error: AuditError) => void;
  /** Pause between two looks for new entries, milliseconds. */
  readonly every?: number;
  /** How long the cursor is held for one post, milliseconds: longer than a post can last. */
  readonly holdFor?: number;
}

/**
 * Hands every entry to the webhook, one after the other, until the signal is given. At least once and in order: the cursor
 * moves when an entry was taken. An entry that is not taken is tried again for ever, after growing pauses.
 */
export const handOver = async (options: HandOverOptions, signal: AbortSignal): Promise<void> => {
  let refusals = 0;
  while (!signal.aborted) {
    const problem = await round(options, signal).catch(
      (error: unknown) =>
        new AuditError('audit.webhook-not-taken', 'looking for audit entries to hand over', error),
    );
    if (signal.aborted) return;
    refusals = problem === undefined ? 0 : refusals + 1;
    if (problem !== undefined) options.onTrouble(problem);
    await options.pause(
      refusals === 0 ? (options.every ?? 2_000) : pauseAfter(refusals, options.random()),
      signal,
    );
  }
};

const [firstPause, longestPause] = [1_000, 300_000];

/** 1 s, 2 s, 4 s … 5 min, of which half is left to chance, so that several senders do not come together. */
export const pauseAfter = (refusals: number, random: number): number => {
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(refusals - 1, 20));
  return Math.round(pause / 2 + (pause / 2) * random);
};

/** Hands over all there is. Answers what stopped it. */
const round = async (options: HandOverOptions, signal: AbortSignal): Promise<AuditError | undefined> => {
  const { database } = options;
  const [end, at] = await Promise.all([chainEnd(database), readCursor(database, webhookCursor)]);
  const isHeadNew = (options.latestHead()?.seq ?? 0) > (await readCursor(database, headCursor)).seq;
  if (at.seq >= end.seq && !isHeadNew) return undefined;
  const cursor = await holdCursor(database, webhookCursor, options.now(), until(options));
  return cursor === undefined ? undefined : handOverFrom(cursor, options, signal);
};

const handOverFrom = async (
  start: AuditCursor,
  options: HandOverOptions,
  signal: AbortSignal,
): Promise<AuditError | undefined> => {
  const { database } = options;
  let cursor = start;
  const release = () => moveCursor(database, cursor, cursor.seq, options.now());
  for (;;) {
    const page = await auditPage(database, cursor.seq, 50);
    if (page.length === 0) break;
    for (const row of page) {
      const problem = await tryPost(entryDelivery(row), options, signal);
      if (problem !== undefined) {
        await release();
        return problem;
      }
      const moved = await moveCursor(database, cursor, row.seq, until(options));
      // Another process took it, since this one was slow. It goes on from there.
      if (moved === undefined) return undefined;
      cursor = moved;
    }
  }
  const problem = await handHeadOver(cursor.seq, options, signal);
  await release();
  return problem;
};

/** The newest head, when the webhook has all entries that it counts. */
const handHeadOver = async (
  upTo: number,
  options: HandOverOptions,
  signal: AbortSignal,
): Promise<AuditError | undefined> => {
  const head = options.latestHead();
  const cursor = await readCursor(options.database, headCursor);
  if (head === undefined || head.seq <= cursor.seq || head.seq > upTo) return undefined;
  const problem = await tryPost(headDelivery(head), options, signal);
  if (problem !== undefined) return problem;
  const held = await holdCursor(options.database, headCursor, options.now(), options.now());
  if (held !== undefined) await moveCursor(options.database, held, head.seq, options.now());
  return undefined;
};

const tryPost = async (
  delivery: Delivery,
  { post }: HandOverOptions,
  signal: AbortSignal,
): Promise<AuditError | undefined> => {
  const reason = await post(delivery, signal);
  const what = delivery.type === 'entry' ? 'entry' : 'the head of entry';
  return reason === undefined
    ? undefined
    : new AuditError(
        'audit.webhook-not-taken',
        `handing audit ${what} ${delivery.seq} to the webhook`,
        undefined,
        reason,
      );
};

const until = ({ now, holdFor = 30_000 }: HandOverOptions): Date => new Date(now().getTime() + holdFor);
