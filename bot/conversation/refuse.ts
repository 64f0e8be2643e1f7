import type { Notice } from '../../cards/notice.ts';
import { noticeText } from '../../cards/notice-card.ts';
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
  const event: AuditEvent = {
    kind: 'refused',
    at: desk.now(),
    actor: turn.who,
    server: change.server,
    changeId: change.id,
    detail: { wanted, because: notice.kind },
  };
  if (!(await wasRefusedLately(desk.database, event))) {
    await desk.database.transaction().execute((transaction) => record(transaction, event));
  }
  return refuse(notice);
};
