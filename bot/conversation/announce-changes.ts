import type { Change } from '../changes/change.ts';
import { isClosed } from '../sending/send-error.ts';
import { type News, newsFor, takeNews } from '../store/announcements.ts';
import { endNotifyingIn, type NotifiedPlace, notifiedPlaces } from '../store/notified.ts';
import { hasOwnCard, rememberCard } from '../store/posted.ts';
import { findChange } from '../store/read-change.ts';
import { cardOfChange } from './card-of-change.ts';
import { type Desk, serverNamed } from './desk.ts';
import { rightsOf } from './rights.ts';

/**
 * Tells the chats that want it of new plans and of how changes ended, one short card each, which stays true from then on. Found in
 * the store, so that it is told also of what another process did, or one that died. Told at most once: what a chat did not take
 * is not tried again.
 */
export const announceChanges = async (desk: Desk): Promise<void> => {
  for (const place of await notifiedPlaces(desk.database)) {
    for (const news of await newsFor(desk.database, place, desk.now())) {
      if (!(await announce(desk, place, news))) break;
    }
  }
};

/** False when the chat is closed: nothing is told there any more. */
const announce = async (desk: Desk, place: NotifiedPlace, news: News): Promise<boolean> => {
  const { where, zone, by } = place;
  if (!(await takeNews(desk.database, where.conversationId, news, desk.now()))) return true;
  const change = await findChange(desk.database, news.changeId);
  if (change === undefined || (await isToldOtherwise(desk, place, news, change))) return true;
  // A batch is decided on as a whole, and has one card.
  const batchId = change.state === 'proposed' ? change.batch?.id : undefined;
  const audience = {
    where,
    reader: batchId === undefined ? 'announced' : 'everybody',
    zone,
    personId: where.kind === 'personal' ? by.aadObjectId : undefined,
  } as const;
  try {
    const posted = await desk.chat.post(where, await cardOfChange(desk, change, audience));
    if (batchId === undefined) {
      await rememberCard(desk.database, change.id, { ...audience, posted }, change.version);
    } else {
      await rememberCard(desk.database, change.id, { ...audience, posted, batchId });
    }
    desk.onMoved(change.id);
    return true;
  } catch (error) {
    desk.onTrouble(`announcing change ${change.number} on ${change.server}`, error);
    if (!isClosed(error)) return true;
    await desk.database
      .transaction()
      .execute((transaction) => endNotifyingIn(transaction, where.conversationId, desk.now()));
    return false;
  }
};

/**
 * Where it was asked for a card shows the plan; the end is told there all the same, since an edited card rings for nobody. One
 * person alone has the card before them, and an approver is told of plans anyhow.
 */
const isToldOtherwise = async (
  desk: Desk,
  { where, by }: NotifiedPlace,
  { event }: News,
  change: Change,
): Promise<boolean> => {
  const isPlan = event === 'proposed';
  const isPersonal = where.kind === 'personal';
  if ((isPlan || isPersonal) && (await hasOwnCard(desk.database, where.conversationId, change))) return true;
  if (!isPlan || !isPersonal) return false;
  const policy = serverNamed(desk, change.server)?.policy ?? desk.config.policy;
  return (await rightsOf(desk, policy, by.aadObjectId)).decide.may;
};
