import type { Notice } from '../../cards/notice.ts';
import { noticeCard, noticeText } from '../../cards/notice-card.ts';
import type { Change } from '../changes/change.ts';
import { type AuditEvent, record } from '../store/audit.ts';
import { wasRefusedLately } from '../store/lately-refused.ts';
import type { Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';

/** A press that does nothing: the reason and the next step as a message; the card stays as it is. */
export const refuse = (notice: Notice): Reply => ({ message: noticeText(notice) });

/** The same for a press that would have decided or acted: who was refused what is in the record. */
export const refuseOnRecord = async (
  desk: Desk,
  turn: Turn,
  change: Pick<Change, 'id' | 'server'>,
  wanted: string,
  notice: Notice,
): Promise<Reply> => {
  await recordRefusal(desk, turn, { server: change.server, changeId: change.id }, wanted, notice);
  return refuse(notice);
};

/** The same for what was written: the answer is a card. `about` has nulls where it was not about one server or one change. */
export const refuseWordsOnRecord = async (
  desk: Desk,
  turn: Turn,
  about: Pick<AuditEvent, 'server' | 'changeId'>,
  wanted: 'freeze' | 'thaw' | 'unlock' | 'notify',
  notice: Notice,
): Promise<Reply> => {
  await recordRefusal(desk, turn, about, wanted, notice);
  return { card: noticeCard(notice) };
};

const recordRefusal = async (
  desk: Desk,
  turn: Turn,
  about: Pick<AuditEvent, 'server' | 'changeId'>,
  wanted: string,
  notice: Notice,
): Promise<void> => {
  const event: AuditEvent = {
    kind: 'refused',
    at: desk.now(),
    actor: turn.who,
    ...about,
    detail: { wanted, because: notice.kind },
  };
  if (await wasRefusedLately(desk.database, event)) return;
  await desk.database.transaction().execute((transaction) => record(transaction, event));
};
