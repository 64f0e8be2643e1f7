import { states } from '../blocks/strip.ts';
import { workText } from '../change-words.ts';
import type { LockHolderView } from '../lock-view.ts';
import { type OwnText, own } from '../own-text.ts';
import { reasonLength } from '../press.ts';
import { recordTimeText, timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { NoticeWords, Word } from './notice-words.ts';

/** About servers that a change keeps to itself. */
export type LockNotice =
  | { readonly kind: 'already-running'; readonly server: string }
  | { readonly kind: 'locked'; readonly view: View; readonly holder: LockHolderView }
  | { readonly kind: 'lock-unreadable'; readonly server: string }
  | { readonly kind: 'may-not-unlock'; readonly server: string; readonly approvers: readonly string[] }
  | { readonly kind: 'nothing-locked'; readonly server: string }
  /** A change that runs is not unlocked. */
  | { readonly kind: 'running-cannot-unlock'; readonly view: View; readonly holder: LockHolderView }
  /** `unlock` without a server, or without a reason that is long enough. */
  | { readonly kind: 'unlock-how' }
  /** Done. `reason` is in the person's words. */
  | {
      readonly kind: 'unlocked';
      readonly view: View;
      readonly server: string;
      readonly number?: number;
      readonly by: string;
      readonly at: Date;
      readonly reason: string;
    };

export function lockWords(notice: LockNotice): NoticeWords {
  switch (notice.kind) {
    case 'already-running':
      return {
        state: states.alreadyRunning,
        heading: own`Another change runs on this server`,
        reason: [own`Another change runs on `, { name: notice.server }, own` now. This one was not started.`],
        next: [own`Wait until it ends, then check the server again.`],
      };
    case 'locked':
      return {
        state: notice.holder.state === 'unknown' ? states.locked : states.alreadyRunning,
        heading:
          notice.holder.state === 'unknown'
            ? own`A change of unknown state holds this server`
            : own`Another change runs on this server`,
        reason: holderWords(notice.holder, notice.view),
        next: releaseWords(notice.holder),
      };
    case 'lock-unreadable':
      return {
        state: states.locked,
        heading: own`I cannot read who holds this server`,
        reason: [
          own`The lock of `,
          { name: notice.server },
          own` cannot be read, and what I cannot read blocks. Nothing was started.`,
        ],
        next: [own`Tell the person who runs me: the store of this bot is damaged or of another version.`],
      };
    case 'may-not-unlock':
      return {
        heading: own`You may not unlock this server`,
        reason: [own`You may not unlock `, { name: notice.server }, own`.`],
        next: [{ anyOf: notice.approvers }, own` may.`],
      };
    case 'nothing-locked':
      return {
        heading: own`This server is not locked`,
        reason: [own`No change holds `, { name: notice.server }, own`. There is nothing to unlock.`],
        next: [own`Type `, { typed: 'locks' }, own` for the servers that are.`],
      };
    case 'running-cannot-unlock':
      return {
        state: states.alreadyRunning,
        heading: own`A change that runs is not unlocked`,
        reason: [...holderWords(notice.holder, notice.view), own` I am at work on it, so it keeps its lock.`],
        next: [own`Wait until it ends. If I lose contact, its card asks you what to do.`],
      };
    case 'unlock-how':
      return {
        heading: own`Unlocking needs a server and a reason`,
        reason: [
          own`Unlocking needs a server and a reason of ${reasonLength.least} to ${reasonLength.most} characters.`,
        ],
        next: [own`Type `, { typed: 'unlock' }, own`, the name of the server and the reason.`],
      };
    case 'unlocked': {
      const change = notice.number === undefined ? own`The change` : own`Change ${notice.number}`;
      return {
        state: states.unlocked,
        heading: own`The server is unlocked, its state stays unproven`,
        reason: [
          { name: notice.by },
          own` unlocked `,
          { name: notice.server },
          own` on ${recordTimeText(notice.at, notice.view)}: `,
          { quote: notice.reason },
          own`. ${change} is closed and recorded as not proven.`,
        ],
        next: [own`Check the server before you change it.`],
      };
    }
  }
}

/** Which change holds a server, since when, and who had a part in it. */
export function holderWords(holder: LockHolderView, view: View): readonly Word[] {
  const { change, state, askedBy, approvedBy, brokeGlass, since } = holder;
  const name = change.number === undefined ? own`A change` : own`Change ${change.number}`;
  return [
    own`${name} holds `,
    { name: change.server },
    own` since ${timeText(since, view)}: ${workText(change)}, ${stateWords[state]}. Asked by `,
    { name: askedBy },
    ...(brokeGlass === undefined
      ? approvedBy.length === 0
        ? []
        : [own`, approved by `, { allOf: approvedBy }]
      : [own`, run alone by `, { name: brokeGlass }]),
    own`.`,
  ];
}

const stateWords: Readonly<Record<LockHolderView['state'], OwnText>> = {
  approved: own`about to start`,
  running: own`running`,
  unknown: own`state unknown`,
};

function releaseWords({ state, change }: LockHolderView): readonly Word[] {
  return state === 'unknown'
    ? [
        own`It ends when somebody answers its card: look again, restore or take over. An approver may also type `,
        { typed: `unlock ${change.server}` },
        own` and a reason.`,
      ]
    : [own`Wait until it ends, then check the server again.`];
}
