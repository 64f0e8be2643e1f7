import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { Inbound } from './chat.ts';

/** Words for files that the chat does not hand over; undefined when there is none. `everGiven`: this cloud does so somewhere. */
export const aboutFilesNotGiven = (
  {
    files,
    where,
    personalChat,
  }: Pick<Extract<Inbound, { kind: 'message' }>, 'files' | 'where' | 'personalChat'>,
  everGiven: boolean,
): Card | undefined => {
  if (files.some(({ kind }) => kind === 'absent')) {
    if (!everGiven) return noticeCard({ kind: 'file-not-in-cloud' });
    if (where.kind === 'personal') return noticeCard({ kind: 'file-absent' });
    return noticeCard({ kind: 'file-not-here', ...(personalChat === undefined ? {} : { personalChat }) });
  }
  return files.some(({ kind }) => kind === 'picture') ? noticeCard({ kind: 'file-is-picture' }) : undefined;
};
