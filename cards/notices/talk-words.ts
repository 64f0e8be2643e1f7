import { own } from '../own-text.ts';
import type { NoticeWords } from './notice-words.ts';

/** About asking and reading. */
export type TalkNotice =
  | { readonly kind: 'may-not-check'; readonly approvers: readonly string[] }
  | { readonly kind: 'button-unknown' }
  | { readonly kind: 'choose-first' }
  /** A defect, or a store that does not answer, while a server was read. */
  | { readonly kind: 'reading-broke-off'; readonly server: string }
  /** The bot's own store does not do its work. `again`: what the person did, and can do once more. */
  | {
      readonly kind: 'store-away';
      readonly why: 'away' | 'full' | 'read-only' | 'busy';
      readonly again: 'press' | 'write';
    };

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
        heading: own`My store does not do its work`,
        reason: [awayWords[notice.why], own`, so I change nothing.`],
        next: [
          notice.again === 'press'
            ? own`Press again in a minute: if this press still counted, the card then says so.`
            : own`Write again in a minute.`,
          own` If that repeats, tell the person who runs me.`,
        ],
      };
  }
}

const awayWords = {
  away: own`I cannot reach my store`,
  full: own`My store has no room left on its disk`,
  'read-only': own`I may not write my store`,
  busy: own`My store is kept busy by others`,
} as const;
