import type { Card } from '../../cards/card.ts';
import { type ClosedState, closedCard } from '../../cards/closed-card.ts';
import { type Change, consentOf } from '../changes/change.ts';
import type { Audience } from './card-of-change.ts';
import { changeViewOf } from './change-view.ts';
import { type Desk, tokenFor, viewOf } from './desk.ts';

/** The card of a change on which nobody decides any more; `at`: since when, where that is not when it ended. */
export const cardOfClosed = async (
  desk: Desk,
  change: Change,
  audience: Audience,
  state: ClosedState,
  at: Date | undefined = change.endedAt,
): Promise<Card> =>
  closedCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    state,
    at: at ?? desk.now(),
    askedBy: change.requester.name,
    approvedBy: consentOf(change).map(({ person }) => person.name),
    again: await tokenFor(desk, audience.where, { kind: 'check', server: change.server, here: false }),
  });
