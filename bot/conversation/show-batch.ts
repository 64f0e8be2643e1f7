import { expireDue } from '../store/queue.ts';
import { findBatch } from '../store/read-batch.ts';
import { cardOfBatch } from './batch-card.ts';
import { mayApproveAll, rightsInBatch } from './batch-rights.ts';
import { batchRowsOf, isRetried } from './batch-rows.ts';
import type { Reply } from './chat.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { fixThese } from './fix-servers.ts';
import { refuse } from './refuse.ts';

/** Show current state of a batch, and the answer to a button of one that has moved on. */
export const pressShowBatch = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => ({
  ...(await batchStateFor(desk, turn, batchId)),
  privately: true,
  afterwards: async () => {
    const [first] = (await findBatch(desk.database, batchId))?.members ?? [];
    if (first !== undefined) desk.onMoved(first.id);
  },
});

/** Somebody was first, time ran out, or a newer plan took the place of one: the card turns into the true state. */
export const batchNotOpenAnyMore = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => {
  for (const id of await expireDue(desk.database, desk.now())) desk.onMoved(id);
  return pressShowBatch(desk, turn, batchId);
};

/** A batch as it is now, with the buttons of the person who asks. */
export const batchStateFor = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => {
  const batch = await findBatch(desk.database, batchId);
  if (batch === undefined) return refuse({ kind: 'button-unknown' });
  const rights = await rightsInBatch(desk, batch.members, turn.who.aadObjectId);
  return {
    card: await cardOfBatch(desk, batch, {
      where: turn.where,
      reader: mayApproveAll(rights) ? 'approver' : 'reader',
      zone: turn.zone,
      personId: turn.who.aadObjectId,
    }),
  };
};

/** Retry: plans those again that failed or did not run, as a new batch with its own approval. */
export const pressRetryBatch = async (desk: Desk, turn: Turn, batchId: string): Promise<Reply> => {
  const batch = await findBatch(desk.database, batchId);
  if (batch === undefined) return refuse({ kind: 'button-unknown' });
  const isOver = batchRowsOf(batch.members).every(({ state }) => state !== 'waits' && state !== 'running');
  if (!isOver) return pressShowBatch(desk, turn, batchId);
  const again = batch.members.filter(isRetried).flatMap(({ server }) => serverNamed(desk, server) ?? []);
  return again.length === 0
    ? pressShowBatch(desk, turn, batchId)
    : fixThese(desk, turn, again, batch.parallel);
};
