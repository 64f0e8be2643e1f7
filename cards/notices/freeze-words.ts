import { states } from '../blocks/strip.ts';
import { counted } from '../count-text.ts';
import type { FreezeView } from '../freeze-view.ts';
import { own } from '../own-text.ts';
import { reasonLength } from '../press.ts';
import { recordTimeText, timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { NoticeWords, Word } from './notice-words.ts';

/** About the stop to all changes. */
export type FreezeNotice =
  /** A press or a message that would approve or start something. */
  | { readonly kind: 'frozen'; readonly view: View; readonly freeze: FreezeView }
  /** `freeze` while somebody's freeze is in force: that one stays. */
  | { readonly kind: 'already-frozen'; readonly view: View; readonly freeze: FreezeView }
  | { readonly kind: 'may-not-freeze'; readonly approvers: readonly string[] }
  | { readonly kind: 'nothing-frozen' }
  /** `thaw` while the file freezes: it has to be removed on the bot's host. */
  | { readonly kind: 'frozen-by-file'; readonly view: View; readonly freeze: FreezeView }
  /** `freeze` without a reason that is long enough. */
  | { readonly kind: 'freeze-how' }
  /** Done: nothing is frozen any more. `waiting`: approved changes that start now or in their window. */
  | {
      readonly kind: 'thawed';
      readonly view: View;
      readonly by: string;
      readonly at: Date;
      readonly waiting: number;
    };

export function freezeWords(notice: FreezeNotice): NoticeWords {
  switch (notice.kind) {
    case 'frozen':
      return {
        state: states.frozen,
        heading: own`Reading works, changes wait`,
        reason: [
          own`Changes are frozen, so nothing was approved or started. `,
          ...whoFroze(notice.freeze, notice.view),
        ],
        next: howToThaw(notice.freeze),
      };
    case 'already-frozen':
      return {
        state: states.frozen,
        heading: own`Changes are frozen already, that freeze stays`,
        reason: [own`Changes are frozen already. `, ...whoFroze(notice.freeze, notice.view)],
        next: howToThaw(notice.freeze),
      };
    case 'may-not-freeze':
      return {
        heading: own`You may not freeze or thaw changes`,
        reason: [own`You may not freeze or thaw changes.`],
        next: [{ anyOf: notice.approvers }, own` may.`],
      };
    case 'nothing-frozen':
      return {
        heading: own`Nothing is frozen`,
        reason: [own`Changes are not frozen, so there is nothing to thaw.`],
        next: [own`Nothing is left for you to do.`],
      };
    case 'frozen-by-file':
      return {
        state: states.frozen,
        heading: own`A file freezes changes, so they stay frozen`,
        reason: whoFroze(notice.freeze, notice.view),
        next: howToThaw(notice.freeze),
      };
    case 'freeze-how':
      return {
        heading: own`Freezing needs a reason`,
        reason: [
          own`Freezing needs a reason of ${reasonLength.least} to ${reasonLength.most} characters, for everybody who meets it.`,
        ],
        next: [own`Type `, { typed: 'freeze' }, own` and the reason.`],
      };
    case 'thawed':
      return {
        state: states.thawed,
        heading: own`Changes may be approved and started again`,
        reason: [{ name: notice.by }, own` ended the freeze on ${recordTimeText(notice.at, notice.view)}.`],
        next: [
          notice.waiting === 0
            ? own`No approved change waited for it.`
            : own`${counted(notice.waiting, own`approved change`, own`approved changes`)} waited for it: at once, or in the window.`,
        ],
      };
  }
}

/** Who froze everything, why and since when. */
export function whoFroze(freeze: FreezeView, view: View): readonly Word[] {
  switch (freeze.kind) {
    case 'person':
      return [
        { name: freeze.by },
        own` froze them at ${timeText(freeze.since, view)}: `,
        { quote: freeze.reason },
        own`.`,
      ];
    case 'file':
      return [
        own`A file on my host freezes them${freeze.since === undefined ? own`` : own` since ${timeText(freeze.since, view)}`}: `,
        { quote: freeze.reason },
        own`.`,
      ];
    case 'file-unread':
      return [own`The freeze file on my host is there and I cannot read it, which freezes too.`];
  }
}

export function howToThaw(freeze: FreezeView): readonly Word[] {
  return freeze.kind === 'person'
    ? [own`An approver types `, { typed: 'thaw' }, own` to end it.`]
    : [own`It ends when `, { typed: freeze.file }, own` is removed on my host.`];
}
