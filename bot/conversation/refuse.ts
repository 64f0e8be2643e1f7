import type { Notice } from '../../cards/notice.ts';
import { noticeText } from '../../cards/notice-card.ts';
import type { Reply } from './chat.ts';

/** A press that does nothing: the reason and the next step as a message; the card stays as it is. */
export const refuse = (notice: Notice): Reply => ({ message: noticeText(notice) });
