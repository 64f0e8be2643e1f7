import { showAgain } from '../store/card-claim.ts';
import { expireDue } from '../store/queue.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfChange } from './card-of-change.ts';
import type { Reply } from './chat.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { refuse } from './refuse.ts';
import { rightsOf } from './rights.ts';

/** Show current state, and the answer to a button of a change that has moved on. */
export const pressShowState = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => ({
  ...(await currentCard(desk, turn, changeId)),
  // For everybody the message is brought up to date in its turn: this card may be old by the time it arrives.
  privately: true,
  afterwards: async (posted) => {
    await showAgain(desk.database, posted);
    desk.onMoved(changeId);
  },
});

/** Somebody was first, or time ran out: the card turns into the true state, whatever was pressed. */
export const notOpenAnyMore = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const expired = await expireDue(desk.database, desk.now());
  for (const id of expired) desk.onMoved(id);
  // A thousand of these may come at one moment: the message itself is shown by whoever moved the change.
  return {
    ...(await currentCard(desk, turn, changeId)),
    privately: true,
    afterwards: async () => desk.onMoved(changeId),
  };
};

/** A change as it is now, with the buttons of the person who asks. */
export const currentCard = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  if (change === undefined) return refuse({ kind: 'button-unknown' });
  const policy = serverNamed(desk, change.server)?.policy;
  const approver = policy !== undefined && (await rightsOf(desk, policy, turn.who.aadObjectId)).decide.may;
  return {
    card: await cardOfChange(desk, change, {
      where: turn.where,
      reader: approver ? 'approver' : 'reader',
      zone: turn.zone,
      personId: turn.who.aadObjectId,
    }),
  };
};
