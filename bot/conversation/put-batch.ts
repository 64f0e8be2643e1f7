import type { Batch } from '../changes/batch.ts';
import type { PostedCard } from '../changes/place.ts';
import { forgetCard, type Reader, rememberCard } from '../store/posted.ts';
import { chatsToTell } from './approver-chats.ts';
import { cardOfBatch } from './batch-card.ts';
import { mayApproveAll, rightsInBatch } from './batch-rights.ts';
import type { Desk, Turn } from './desk.ts';
import { personOf } from './press-approve.ts';

/** Puts a batch in the place of a reading card; its card moves with it from now on. Those who may approve it are told once. */
export const putBatch = async (
  desk: Desk,
  turn: Turn,
  batch: Batch,
  posted: PostedCard,
  isNew: boolean,
): Promise<void> => {
  await forgetCard(desk.database, posted);
  await showBatchIn(desk, turn, batch, posted, await readerOf(desk, turn, batch));
  if (isNew) await tellApproversOfBatch(desk, turn, batch);
};

/** A message shows the batch from now on. */
export const showBatchIn = async (
  desk: Desk,
  turn: Turn,
  batch: Batch,
  posted: PostedCard,
  reader: Reader,
): Promise<void> => {
  const [first] = batch.members;
  if (first === undefined) return;
  const shown = { posted, reader, zone: turn.zone, personId: personOf(turn), batchId: batch.id };
  await rememberCard(desk.database, first.id, shown);
  desk.onMoved(first.id);
};

const readerOf = async (desk: Desk, turn: Turn, batch: Batch): Promise<Reader> => {
  if (turn.where.kind !== 'personal') return 'everybody';
  return mayApproveAll(await rightsInBatch(desk, batch.members, turn.who.aadObjectId))
    ? 'approver'
    : 'requester';
};

/** The personal chats of those who may approve on every server of the batch. Who may approve it alone tells nobody. */
const tellApproversOfBatch = async (desk: Desk, turn: Turn, batch: Batch): Promise<void> => {
  const [first] = batch.members;
  if (first === undefined) return;
  const own = await rightsInBatch(desk, batch.members, turn.who.aadObjectId);
  if (mayApproveAll(own) && batch.members.every(({ policy }) => policy?.approvals === 1)) return;
  const policies = own.map(({ server }) => server.policy);
  for (const { personId, where, zone } of await chatsToTell(desk, turn, policies, [])) {
    try {
      const audience = { where, reader: 'approver' as const, zone, personId };
      const posted = await desk.chat.post(where, await cardOfBatch(desk, batch, audience));
      await rememberCard(desk.database, first.id, { ...audience, posted, batchId: batch.id });
    } catch (error) {
      desk.onTrouble('telling an approver of a batch', error);
    }
  }
};
