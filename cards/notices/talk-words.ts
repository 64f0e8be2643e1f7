import type { LeftOutView } from '../batch-view.ts';
import { leftOutWords } from '../blocks/batch.ts';
import { states } from '../blocks/strip.ts';
import { countText } from '../count-text.ts';
import { own } from '../own-text.ts';
import type { NoticeWords, Word } from './notice-words.ts';

/** About asking and reading. */
export type TalkNotice =
  | { readonly kind: 'may-not-check'; readonly approvers: readonly string[] }
  | { readonly kind: 'button-unknown' }
  /** First words in a team or a group chat. */
  | { readonly kind: 'arrived' }
  /** A command in a message that was changed after it was sent. */
  | { readonly kind: 'edited-command' }
  | { readonly kind: 'choose-first' }
  /** A defect, or a store that does not answer, while a server was read; without `server`: several. */
  | { readonly kind: 'reading-broke-off'; readonly server?: string }
  /** Stop was pressed, and that server is read, or is not read any more. */
  | { readonly kind: 'stopping-to-check' | 'checked-no-more'; readonly server: string }
  /** `fix` without servers, or with words that are not understood. */
  | { readonly kind: 'fix-how' }
  | { readonly kind: 'fix-too-many'; readonly asked: number; readonly most: number }
  /** `fix`, and no server of those needs the change. At least one. */
  | { readonly kind: 'nothing-to-fix'; readonly leftOut: readonly LeftOutView[] }
  /** Teams did not say whether it has the message before this one. */
  | { readonly kind: 'answer-unsure' }
  | { readonly kind: 'answer-too-long' }
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
    case 'arrived':
      return {
        state: states.help,
        heading: own`I find the cause of WSUS error 80244007`,
        reason: [
          own`Mention me with log lines, or with `,
          { typed: 'check' },
          own` and the name of a server. I name the cause and the exact change, and an approver decides.`,
        ],
        next: [own`Mention me with `, { typed: 'help' }, own` for what you may do.`],
      };
    case 'edited-command':
      return {
        heading: own`I carry out no command from an edited message`,
        reason: [
          own`You changed a message after it was sent. I read it again, and carry out no command from it, so that none runs twice.`,
        ],
        next: [own`Write the command as a new message.`],
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
          notice.server === undefined ? own`the servers` : { name: notice.server },
          own`. Nothing was changed.`,
        ],
        next: [
          notice.server === undefined ? own`Ask for them again.` : own`Type check and its name again.`,
          own` If that repeats, tell the person who runs me.`,
        ],
      };
    case 'stopping-to-check':
      return {
        state: states.stopped,
        heading: own`I stop reading`,
        reason: [own`I stop reading `, { name: notice.server }, own`.`],
        next: [own`Nothing is changed there.`],
      };
    case 'checked-no-more':
      return {
        heading: own`I do not read this server any more`,
        reason: [own`I do not read `, { name: notice.server }, own` any more, so there is nothing to stop.`],
        next: [own`Does its card still say that I read? Then type check and its name again.`],
      };
    case 'fix-how':
      return {
        heading: own`Which servers should I plan the change for?`,
        reason: [own`I plan the change for several servers at once, with one approval.`],
        next: [
          own`Type `,
          { typed: 'fix' },
          own` and the names of servers, or the name of a group. At the end `,
          { typed: 'parallel 2' },
          own` changes two at a time; otherwise it is one.`,
        ],
      };
    case 'fix-too-many':
      return {
        heading: own`That is more than I take at once`,
        reason: [
          own`One approval covers at most ${countText(notice.most)} servers, and these are ${countText(notice.asked)}.`,
        ],
        next: [own`Ask for fewer at a time.`],
      };
    case 'nothing-to-fix':
      return {
        heading: own`No server of these gets a plan`,
        reason: [own`I found nothing to raise: `, ...leftOutList(notice.leftOut), own`.`],
        next: [own`Type check and the name of one of them for what I saw there.`],
      };
    case 'answer-unsure':
      return {
        state: states.unclear,
        heading: own`My message may be missing`,
        reason: [
          own`Teams did not tell me whether it has my last message. It may stand above this one, or be missing; I did not send it twice.`,
        ],
        next: [own`What I still have to say follows here. If you miss something, ask again.`],
      };
    case 'answer-too-long':
      return {
        heading: own`My answer is too long for Teams`,
        reason: [own`One message cannot hold my answer, not even a short form of it.`],
        next: [own`Ask for less at a time: type check and the name of one server.`],
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

const mostNamed = 12;

function leftOutList(leftOut: readonly LeftOutView[]): readonly Word[] {
  const named = leftOut.slice(0, mostNamed);
  const more = leftOut.length - named.length;
  return [
    ...named.flatMap(({ server, why }, index): readonly Word[] => [
      ...(index === 0 ? [] : [own`, `]),
      { name: server },
      own` (${leftOutWords[why]})`,
    ]),
    ...(more > 0 ? [own` and ${countText(more)} more`] : []),
  ];
}

const awayWords = {
  away: own`I cannot reach my store`,
  full: own`My store has no room left on its disk`,
  'read-only': own`I may not write my store`,
  busy: own`My store is kept busy by others`,
} as const;
