import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { Change } from '../changes/change.ts';
import type { PostedCard } from '../changes/place.ts';
import type { ServerConfig } from '../config.ts';
import { forgetCard, type Reader, rememberCard } from '../store/posted.ts';
import { StoreError } from '../store/store-error.ts';
import { noticeOf } from './answer-without-store.ts';
import type { Desk, Turn } from './desk.ts';
import { personOf } from './press-approve.ts';
import { rightsOf } from './rights.ts';
import { tellApprovers } from './tell-approvers.ts';

/**
 * Puts what was found in the place of a reading card: a card that stays, or a change, whose card moves with it from now on.
 * A plan that waits for somebody else is brought to them.
 */
export const putAnswer = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  posted: PostedCard,
  find: () => Promise<Card | Change>,
): Promise<void> => {
  try {
    await forgetCard(desk.database, posted);
    const answer = await find();
    if ('in' in answer) return await desk.chat.replace(posted, answer);
    const shown = {
      posted,
      reader: await readerOf(desk, turn, server, answer),
      zone: turn.zone,
      personId: personOf(turn),
    };
    await rememberCard(desk.database, answer.id, shown);
    desk.onMoved(answer.id);
    // Those who decide on a batch were told of all of it.
    if (answer.state === 'proposed' && answer.batch === undefined)
      await tellApprovers(desk, turn, server, answer);
  } catch (error) {
    // Else the card would say for ever that it reads.
    desk.onTrouble(`answering for ${server.name}`, error);
    await desk.chat.replace(
      posted,
      noticeCard(
        error instanceof StoreError
          ? noticeOf(error, 'write')
          : { kind: 'reading-broke-off', server: server.name },
      ),
    );
  }
};

/** For whom the card of a change is made when this person asked for it. */
const readerOf = async (desk: Desk, turn: Turn, server: ServerConfig, change: Change): Promise<Reader> => {
  // Where several see it, it has the same buttons for all.
  if (turn.where.kind !== 'personal') return 'everybody';
  const rights = await rightsOf(desk, server.policy, turn.who.aadObjectId);
  if (rights.approve(change).may) return 'approver';
  return 'requester';
};
