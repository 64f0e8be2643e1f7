import { type AnnouncedState, announcementCard } from '../../cards/announcement-card.ts';
import type { Card } from '../../cards/card.ts';
import { type Change, decisionOf } from '../changes/change.ts';
import type { Audience } from './card-of-change.ts';
import { changeViewOf, peopleOf } from './change-view.ts';
import { type Desk, tokenFor, viewOf } from './desk.ts';

/** The short card that announces a change, as it is now. Its one button answers with the whole card of the person who presses. */
export const cardOfAnnounced = async (
  desk: Desk,
  change: Change,
  failed: AnnouncedState,
  audience: Audience,
): Promise<Card> => {
  const open = change.state === 'proposed' ? 'review' : 'open-change';
  return announcementCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    state: change.state === 'failed' ? failed : stateOf(change),
    people: peopleOf(change),
    validUntil: change.expiresAt,
    open: await tokenFor(desk, audience.where, { kind: open, changeId: change.id }),
  });
};

const stateOf = (change: Change): AnnouncedState => {
  switch (change.state) {
    case 'declined':
      return decisionOf(change, 'withdrawn') === undefined ? 'declined' : 'withdrawn';
    case 'succeeded':
      return change.kind === 'roll-back' ? 'rolled-back' : 'succeeded';
    case 'unknown':
      if (decisionOf(change, 'unlocked') !== undefined) return 'unlocked';
      return change.answeredBy === undefined ? 'unknown' : 'answered';
    case 'failed':
      return 'unchanged';
    default:
      return change.state;
  }
};
