import { own } from '../own-text.ts';
import type { NoticeWords } from './notice-words.ts';

/** About asking and reading. */
export type TalkNotice =
  | { readonly kind: 'may-not-check'; readonly approvers: readonly string[] }
  | { readonly kind: 'button-unknown' }
  | { readonly kind: 'choose-first' }
  /** A defect, or a store that does not answer, while a server was read. */
  | { readonly kind: 'reading-broke-off'; readonly server: string }
  /** The bot's own store does not answer. */
  | { readonly kind: 'store-away' };

export function talkWords(notice: TalkNotice): NoticeWords {
  switch (notice.kind) {
    case 'may-not-check':
      return {
        heading: own`You may not check servers here`,
        reason: [own`You may not check servers here.`],
        next: [own`For checks ask `, { anyOf: notice.approvers }, own`.`],
      };
    case 'button-unknown':
      return {
        heading: own`I do not know this button any more`,
        reason: [own`I do not know this button any more, so I did nothing.`],
        next: [own`Type check and the name of the server for a new card.`],
      };
    case 'choose-first':
      return {
        heading: own`No server is chosen`,
        reason: [own`No server is chosen.`],
        next: [own`Choose a server first, or type check and its name.`],
      };
    case 'reading-broke-off':
      return {
        heading: own`Reading broke off`,
        reason: [
          own`A part of me stopped while I read `,
          { name: notice.server },
          own`. Nothing was changed.`,
        ],
        next: [own`Type check and its name again. If that repeats, tell the person who runs me.`],
      };
    case 'store-away':
      return {
        heading: own`I cannot reach my store, so I change nothing`,
        reason: [
          own`I cannot reach my store, so I change nothing. Whether what you asked or pressed was recorded, I cannot tell.`,
        ],
        next: [own`Try again in some minutes. If that repeats, tell the person who runs me.`],
      };
  }
}
