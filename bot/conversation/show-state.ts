import type { Card } from '../../cards/card.ts';
import type { Change } from '../changes/change.ts';
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

/**
 * Somebody was first, or time ran out: the card turns into the true state, whatever was pressed. `seen` is the change as the
 * press found it: a thousand may come at one moment, so what had been decided by then is not asked of the store once more.
 */
export const notOpenAnyMore = async (desk: Desk, turn: Turn, seen: Change): Promise<Reply> => {
  if (isDecided(seen)) return { card: await cardFor(desk, turn, seen), privately: true };
  for (const id of await expireDue(desk.database, desk.now())) desk.onMoved(id);
  return { ...(await currentCard(desk, turn, seen.id)), privately: true };
};

const isDecided = ({ state }: Change): boolean => state !== 'proposed' && state !== 'queued';

/** A change as it is now, with the buttons of the person who asks. */
export const currentCard = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  return change === undefined
    ? refuse({ kind: 'button-unknown' })
    : { card: await cardFor(desk, turn, change) };
};

const cardFor = async (desk: Desk, turn: Turn, change: Change): Promise<Card> => {
  const policy = serverNamed(desk, change.server)?.policy;
  const approver = policy !== undefined && (await rightsOf(desk, policy, turn.who.aadObjectId)).decide.may;
  return cardOfChange(desk, change, {
    where: turn.where,
    reader: approver ? 'approver' : 'reader',
    zone: turn.zone,
    personId: turn.who.aadObjectId,
  });
};
