import template from './announcement.json' with { type: 'json' };
import { buttonRow, press } from './blocks/buttons.ts';
import { recordLine } from './blocks/people.ts';
import { type StateWord, states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeView, PeopleView } from './change-view.ts';
import { workText } from './change-words.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';

/** Where a change is, as far as a short card tells it. */
export type AnnouncedState = keyof typeof stateWords;

/** Tells a chat of a change that was asked for elsewhere. */
export interface AnnouncementCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly state: AnnouncedState;
  readonly people: PeopleView;
  readonly validUntil: Date;
  /** Review while it waits for an approver, else Show current state: answers the one who presses with the whole card. */
  readonly open: Token;
}

const fill = cardTemplate(template);

const stateWords = {
  proposed: [states.waitingForApproval, own`A change waits for an approver`],
  queued: [states.queued, own`A change is approved and waits for its start`],
  approved: [states.running, own`A change is about to start`],
  running: [states.running, own`A change is at work`],
  succeeded: [states.doneAndProven, own`A change is done and proven`],
  'rolled-back': [states.rolledBack, own`A change was taken back`],
  unchanged: [states.failed, own`A change did not work, the file is as it was`],
  restored: [states.failedRestored, own`A change did not work, the old file is back`],
  'not-restarted': [states.writtenNotActive, own`A change is written and not active yet`],
  written: [states.failed, own`A change is written, what follows did not work`],
  unknown: [states.stateUnknown, own`Nobody saw how a change ended`],
  answered: [states.answered, own`A change of unknown state has its answer`],
  unlocked: [states.unlocked, own`A person freed the server of a change`],
  declined: [states.declined, own`A change was declined`],
  withdrawn: [states.withdrawn, own`A change was withdrawn`],
  expired: [states.expired, own`A change was not approved in time`],
  superseded: [states.superseded, own`A newer plan took the place of this one`],
  cancelled: [states.cancelled, own`A change was cancelled with its batch`],
  stale: [states.stale, own`A change was not run: something had moved`],
  'taken-over': [states.takenOver, own`A person finishes a change by hand`],
} as const satisfies Record<string, readonly [StateWord, OwnText]>;

export const announcedStates = Object.keys(stateWords) as readonly AnnouncedState[];

/** States in which one of the chat may have something to do. */
const nextWords: Partial<Record<AnnouncedState, OwnText>> = {
  proposed: own`An approver presses Review. Valid until `,
  unknown: own`An approver looks at it: the server takes no other change before that.`,
  'not-restarted': own`The restart can be planned from its card.`,
};

export function announcementCard(data: AnnouncementCardData): Card {
  const { view, change, state, people } = data;
  const [word, heading] = stateWords[state];
  const next = nextWords[state];
  const waits = state === 'proposed';
  const validUntil = timeText(data.validUntil, view);
  return fill(
    said`${word.word} on ${summaryName(change.server)}: ${workText(change)}. Asked by ${summaryName(people.askedBy)}.${waits ? own` Valid until ${validUntil}.` : own``}`,
    {
      strip: strip({ state: word, server: change.server, heading }),
      work: textLine([own`The change: ${workText(change)}.`], {}, { spacing: 'Medium' }),
      next:
        next === undefined
          ? []
          : [
              textLine(
                [next, ...(waits ? [run(validUntil, { bold: true }), own`.`] : [])],
                {},
                { spacing: 'None' },
              ),
            ],
      people: recordLine(people, view, change.number),
      buttons: buttonRow([press(waits ? 'Review' : 'Show current state', data.open, { first: true })]),
    },
  );
}
