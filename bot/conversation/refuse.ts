import type { Notice } from '../../cards/notice.ts';
import { noticeText } from '../../cards/notice-card.ts';
import type { Reply } from './chat.ts';
import { type Desk, type Turn, viewOf } from './desk.ts';

/** A press that does nothing: the reason and the next step as a message; the card stays as it is. */
export const refuse = (desk: Desk, turn: Turn, notice: Notice): Reply => ({
  message: noticeText(notice, viewOf(desk, turn.zone)),
});
