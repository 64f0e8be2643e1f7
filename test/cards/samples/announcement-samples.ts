import { type AnnouncedState, announcedStates, announcementCard } from '../../../cards/announcement-card.ts';
import type { ChangeView } from '../../../cards/change-view.ts';
import { at, type Made, type Outside, token, view } from '../sample-ground.ts';

/** The short card of a change that was asked for elsewhere, in every state. */
export function announcements(o: Outside): readonly Made[] {
  const change: ChangeView = {
    server: o.server,
    work: { kind: 'raise', edits: [{ key: 'maxInstalledPrerequisites', from: 400, to: 800 }] },
    activation: 'IISReset',
    number: 1042,
  };
  const card = (state: AnnouncedState, alone: boolean) =>
    announcementCard({
      view,
      change,
      state,
      people: {
        askedBy: o.person,
        ...(alone && { brokeGlass: { by: o.second, at: at('02:20:30'), reason: o.text } }),
      },
      validUntil: at('03:14:00'),
      open: token,
    });
  return [
    ...announcedStates.map((state): Made => [`announced-${state}`, card(state, false)]),
    ['announced-alone', card('running', true)],
  ];
}
