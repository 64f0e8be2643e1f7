import { states } from '../blocks/strip.ts';
import { counted, countText } from '../count-text.ts';
import { own } from '../own-text.ts';
import { recordTimeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { NoticeWords, Word } from './notice-words.ts';

/** A chat that is told of changes. */
interface NotifiedView {
  readonly kind: 'personal' | 'group' | 'channel';
  /** It is this one. */
  readonly isHere: boolean;
  readonly by: string;
  readonly since: Date;
}

/** About the chats that are told of changes. */
export type NotifyNotice =
  | { readonly kind: 'may-not-notify'; readonly approvers: readonly string[] }
  /** `notify here`: done. */
  | { readonly kind: 'notify-on' }
  /** `notify here` where it is so already. */
  | { readonly kind: 'notify-on-already'; readonly view: View; readonly by: string; readonly since: Date }
  /** `notify off`: done. */
  | { readonly kind: 'notify-off' }
  /** `notify off` where nothing is announced. */
  | { readonly kind: 'notify-off-already' }
  /** `notify`: where. */
  | { readonly kind: 'notified'; readonly view: View; readonly places: readonly NotifiedView[] };

const state = states.announcements;

export function notifyWords(notice: NotifyNotice): NoticeWords {
  switch (notice.kind) {
    case 'may-not-notify':
      return {
        heading: own`You may not choose where I announce changes`,
        reason: [own`You may not choose where I announce changes.`],
        next: [{ anyOf: notice.approvers }, own` may.`],
      };
    case 'notify-on':
      return {
        state,
        heading: own`I announce changes here from now on`,
        reason: [
          own`I post a short card here for each change that is asked for elsewhere, for how it ends, and when somebody runs one alone.`,
        ],
        next: [own`To end it, tell me `, { typed: 'notify off' }, own` here.`],
      };
    case 'notify-on-already':
      return {
        state,
        heading: own`I announce changes here already`,
        reason: [
          { name: notice.by },
          own` wanted it so on ${recordTimeText(notice.since, notice.view)}. Nothing is changed.`,
        ],
        next: [own`To end it, tell me `, { typed: 'notify off' }, own` here.`],
      };
    case 'notify-off':
      return {
        state,
        heading: own`I announce no more changes here`,
        reason: [own`I announce no more changes here. The cards that are there stay true.`],
        next: [own`To begin again, an approver types `, { typed: 'notify here' }, own`.`],
      };
    case 'notify-off-already':
      return {
        state,
        heading: own`I announce no changes here`,
        reason: [own`I announce no changes here, so there is nothing to end.`],
        next: [own`To see where I do, type `, { typed: 'notify' }, own`.`],
      };
    case 'notified':
      return notified(notice);
  }
}

const mostPlaces = 8;

function notified({ view, places }: Extract<NotifyNotice, { kind: 'notified' }>): NoticeWords {
  if (places.length === 0) {
    return {
      state,
      heading: own`I announce changes nowhere yet`,
      reason: [own`No chat and no channel is told of changes by itself.`],
      next: [own`In the right one, an approver types `, { typed: 'notify here' }, own`.`],
    };
  }
  const more = places.length - mostPlaces;
  return {
    state,
    heading: places.some(({ isHere }) => isHere)
      ? own`I announce changes here`
      : own`I announce changes, and not here`,
    reason: [
      own`I announce changes in ${counted(places.length, own`place`, own`places`)}: `,
      ...places.slice(0, mostPlaces).flatMap((place, index) => placeWords(place, view, index === 0)),
      ...(more > 0 ? [own`; and ${countText(more)} more`] : []),
      own`.`,
    ],
    next: [
      own`An approver types `,
      { typed: 'notify here' },
      own` or `,
      { typed: 'notify off' },
      own` in the chat or channel it is about.`,
    ],
  };
}

const kinds = { personal: own`a personal chat`, group: own`a group chat`, channel: own`a channel` } as const;

function placeWords(
  { kind, isHere, by, since }: NotifiedView,
  view: View,
  isFirst: boolean,
): readonly Word[] {
  return [
    own`${isFirst ? own`` : own`; `}${isHere ? own`here` : kinds[kind]}, by `,
    { name: by },
    own` since ${recordTimeText(since, view)}`,
  ];
}
