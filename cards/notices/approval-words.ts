import type { VoteView } from '../approval-view.ts';
import { countText } from '../count-text.ts';
import { own } from '../own-text.ts';
import { reasonLength } from '../press.ts';
import { timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import { windowSpanText } from '../window-text.ts';
import type { WindowView } from '../window-view.ts';
import type { NoticeWords } from './notice-words.ts';

/** About who may decide on a plan, and when. */
export type ApprovalNotice =
  | { readonly kind: 'not-approver'; readonly approvers: readonly string[] }
  | { readonly kind: 'may-not-decline'; readonly approvers: readonly string[] }
  /** May not ask for a change. */
  | { readonly kind: 'not-requester'; readonly requesters: readonly string[] }
  | { readonly kind: 'four-eyes'; readonly approvers: readonly string[] }
  /** This person approved before; `votes` of `needed` stand. */
  | {
      readonly kind: 'already-approved';
      readonly view: View;
      readonly at: Date;
      readonly votes: number;
      readonly needed: number;
    }
  /** Others approved it in full before. */
  | { readonly kind: 'approved-by-others'; readonly view: View; readonly votes: readonly VoteView[] }
  /** The first vote was for the plan with, or without, the second key. */
  | { readonly kind: 'variant-differs'; readonly by: string; readonly withSecondKey: boolean }
  /** Tell them again, too soon after the last time. */
  | { readonly kind: 'told-lately'; readonly view: View; readonly at: Date; readonly again: Date }
  /** Tell them again, and the bot has no chat of any of them. */
  | { readonly kind: 'nobody-to-tell' }
  | { readonly kind: 'window-closed'; readonly view: View; readonly next: WindowView }
  | { readonly kind: 'policy-moved' }
  /** No object id came with the message. */
  | { readonly kind: 'no-identity' }
  | { readonly kind: 'directory-unread' }
  | { readonly kind: 'not-break-glass'; readonly members: readonly string[] }
  /** A written reason of less than 10 characters, or more than 500. */
  | { readonly kind: 'reason-too-short' | 'reason-too-long' };

export function approvalWords(notice: ApprovalNotice): NoticeWords {
  switch (notice.kind) {
    case 'not-approver':
      return {
        heading: own`You may not approve changes on this server`,
        reason: [own`You may not approve changes on this server.`],
        next: [{ anyOf: notice.approvers }, own` may.`],
      };
    case 'may-not-decline':
      return {
        heading: own`You may not decline this plan`,
        reason: [own`You may not decline this plan.`],
        next: [{ anyOf: notice.approvers }, own` may, and so may the person who asked for it.`],
      };
    case 'not-requester':
      return {
        heading: own`You may not ask for changes on this server`,
        reason: [own`You may not ask for changes on this server. Reading it is free.`],
        next: [{ anyOf: notice.requesters }, own` may ask.`],
      };
    case 'four-eyes':
      return {
        heading: own`You asked for this, so somebody else approves it`,
        reason: [own`You asked for this, so somebody else approves it. That rule is called four eyes.`],
        next: [{ anyOf: notice.approvers }, own` may approve it.`],
      };
    case 'already-approved':
      return {
        heading: own`You approved this before, it counts once`,
        reason: [own`You approved this at ${timeText(notice.at, notice.view)}. It counts once.`],
        next:
          notice.votes < notice.needed
            ? [
                own`${countText(notice.votes)} of ${countText(notice.needed)} approvals: somebody else gives the next one.`,
              ]
            : [own`Nothing is left for you to do.`],
      };
    case 'approved-by-others':
      return {
        heading: own`This is approved already`,
        reason: [
          own`Already approved by `,
          { allOf: notice.votes.map(({ by }) => by) },
          ...lastAt(notice.votes, notice.view),
          own`.`,
        ],
        next: [own`Nothing is left for you to do. Show current state says how far it is.`],
      };
    case 'variant-differs':
      return {
        heading: own`The first approval was for the other variant`,
        reason: [
          { name: notice.by },
          notice.withSecondKey
            ? own` approved this plan with the second key. All approvals have to be for the same change.`
            : own` approved this plan without the second key. All approvals have to be for the same change.`,
        ],
        next: [own`Approve that variant, or decline, and check again for a new plan.`],
      };
    case 'told-lately':
      return {
        heading: own`They were told a short time ago`,
        reason: [
          own`They were told at ${timeText(notice.at, notice.view)}, so I do not tell them again yet.`,
        ],
        next: [own`Press again from ${timeText(notice.again, notice.view)} on.`],
      };
    case 'nobody-to-tell':
      return {
        heading: own`I cannot write to any of them`,
        reason: [own`None of those who may approve this has ever written to me, so I cannot tell them.`],
        next: [own`Ask them yourself. Once they write to me, I can.`],
      };
    case 'window-closed':
      return {
        heading: own`This server is changed only in its window`,
        reason: [
          own`The policy of this server allows changes in its maintenance window only, and it is not open.`,
        ],
        next: [own`The next one: ${windowSpanText(notice.next, notice.view)}. Approve it then.`],
      };
    case 'policy-moved':
      return {
        heading: own`The policy is no longer the one of this plan`,
        reason: [
          own`The policy of this server was changed after this plan was made, so its approvals do not count any more.`,
        ],
        next: [own`Check the server again for a new plan.`],
      };
    case 'no-identity':
      return {
        heading: own`I cannot tell who you are`,
        reason: [own`Your message came without an Entra object id. I decide by that id, never by a name.`],
        next: [own`Write to me from Teams, signed in to your organisation.`],
      };
    case 'directory-unread':
      return {
        heading: own`Your groups could not be read, so I say no`,
        reason: [own`The policy names a group, and the directory does not say whether you are in it.`],
        next: [own`Try again in a minute. If that repeats, tell the person who runs me.`],
      };
    case 'not-break-glass':
      return {
        heading: own`You may not break the glass on this server`,
        reason: [own`You may not run a change alone on this server.`],
        next: [{ anyOf: notice.members }, own` may. The other way is an approval.`],
      };
    case 'reason-too-short':
      return {
        heading: own`The reason is too short, so nothing was done`,
        reason: [
          own`The reason is too short. It needs at least ${reasonLength.least} characters, since it is all that others have later.`,
        ],
        next: [own`Say what is broken and why it cannot wait.`],
      };
    case 'reason-too-long':
      return {
        heading: own`The reason is too long, so nothing was done`,
        reason: [own`The reason is too long. It may have ${reasonLength.most} characters.`],
        next: [own`Shorten it and press again.`],
      };
  }
}

function lastAt(votes: readonly VoteView[], view: View) {
  const last = votes.at(-1);
  return last === undefined ? [] : [own` at ${timeText(last.at, view)}`];
}
