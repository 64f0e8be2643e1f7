import { noticeCard } from '../../cards/notice-card.ts';
import type { Place, PostedCard } from '../changes/place.ts';
import { isUnsure } from '../sending/send-error.ts';
import type { Chat } from './chat.ts';

/**
 * Posts what a person waits for. When nobody knows whether it is there, it is not posted a second time; the person is told, and
 * what follows has its place on the message that tells it.
 */
export const confirmed = async (
  chat: Pick<Chat, 'post'>,
  where: Place,
  post: () => Promise<PostedCard>,
): Promise<PostedCard> => {
  try {
    return await post();
  } catch (error) {
    if (!isUnsure(error)) throw error;
    return chat.post(where, noticeCard({ kind: 'answer-unsure' }));
  }
};
