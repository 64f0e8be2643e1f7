import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { Change, ChangeState } from './change.ts';
import type { Person } from './person.ts';

/** Why a server that was asked for is not in a batch. */
const leftOutSchema = z.object({
  server: z.string(),
  why: z.enum([
    'healthy',
    'not-active',
    'still-failing',
    'service-down',
    'not-readable',
    'locked',
    'file-refused',
    'not-wsus',
    'unclear',
    'not-allowed',
  ]),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** What was asked for, as the store keeps it. */
export const askedSchema = z.object({ leftOut: z.array(leftOutSchema).readonly() });

/** Changes that one person asked for together. */
export interface Batch {
  readonly id: string;
  readonly requester: Person;
  readonly createdAt: Date;
  /** How many may be approved or running at a time. */
  readonly parallel: number;
  readonly leftOut: readonly LeftOut[];
  /** In the order in which they are changed; at least one. */
  readonly members: readonly Change[];
}

/** Names exactly these plans, each the smallest of its change: an approval of a batch is a yes to them. */
export const plansHash = (members: readonly Change[]): string =>
  createHash('sha256')
    .update(canonicalJson(members.map(({ id, plans }) => [id, plans[0]?.hash ?? ''])))
    .digest('hex');

/** What decides whose turn it is. */
export interface BatchMember {
  readonly id: string;
  readonly state: ChangeState;
  /** Of a queued one: its time has come, and nothing else is in its way. */
  readonly mayStart: boolean;
}

/** What is to happen in a batch now. */
export interface NextInBatch {
  /** These start, in this order. */
  readonly start: readonly string[];
  /** These are not started any more, since `because` did not end well. */
  readonly cancel: readonly string[];
  readonly because: string | undefined;
}

/** Whether a member that ended so stops those that still wait. A stale one changed nothing, and says nothing of the others. */
export const stopsBatch = (state: ChangeState): boolean =>
  state === 'failed' || state === 'unknown' || state === 'taken-over';

export const isUnderWay = (state: ChangeState): boolean => state === 'approved' || state === 'running';

/** Waits or is under way: what becomes of it is not known yet. */
export const isOpen = (state: ChangeState): boolean =>
  state === 'proposed' || state === 'queued' || isUnderWay(state);

/**
 * Whose turn it is in a batch, its members given in their order: the first that did not end well stops all that wait; else
 * those start whose time has come, as long as fewer than `parallel` are under way. One that has to wait keeps nobody back.
 */
export const nextInBatch = (members: readonly BatchMember[], parallel: number): NextInBatch => {
  const queued = members.filter(({ state }) => state === 'queued');
  const because = members.find(({ state }) => stopsBatch(state))?.id;
  if (because !== undefined) return { start: [], cancel: queued.map(({ id }) => id), because };
  const free = parallel - members.filter(({ state }) => isUnderWay(state)).length;
  const ready = queued.filter(({ mayStart }) => mayStart);
  return { start: ready.slice(0, Math.max(0, free)).map(({ id }) => id), cancel: [], because };
};
