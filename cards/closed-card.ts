import { buttonRow, press } from './blocks/buttons.ts';
import { nameRun, numberWords, quoted, recordLine, whoDecided } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import type { Part } from './blocks/text-line.ts';
import { paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeView, PeopleView } from './change-view.ts';
import { workText } from './change-words.ts';
import template from './closed.json' with { type: 'json' };
import { counted } from './count-text.ts';
import { type LostView, lostText } from './lost-words.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { recordTimeText } from './time-text.ts';
import type { View } from './view.ts';

/** How a plan ended without being run. Nothing was changed, except perhaps when it was taken over. */
export type ClosedState =
  | { readonly kind: 'declined'; readonly by: string }
  /** `approved`: it was approved in full and waited for its start. */
  | { readonly kind: 'withdrawn'; readonly by: string; readonly approved?: true }
  /** `validMinutes`: how long it was open. */
  | { readonly kind: 'expired'; readonly validMinutes: number; readonly approved?: true }
  /** At the start something was no longer what was approved; `why` left out: the file on the server. */
  | { readonly kind: 'stale'; readonly why?: 'file' | 'module' | 'policy' }
  /** At the start an approval did not stand any more. */
  | { readonly kind: 'stale'; readonly why: 'approval'; readonly who: string }
  | { readonly kind: 'superseded' }
  /** A change of unknown state that a person finishes by hand. */
  | { readonly kind: 'taken-over'; readonly by: string }
  /** A change of unknown state whose way back was let go. */
  | { readonly kind: 'answered'; readonly lost: LostView; readonly by: AnswerView }
  /** A change of unknown state whose lock a person released. */
  | { readonly kind: 'unlocked'; readonly lost: LostView; readonly by: string; readonly reason: string }
  /** A server before it in the batch did not end well. */
  | { readonly kind: 'cancelled'; readonly after?: string };

/** The change that answered another one. */
interface AnswerView {
  readonly number: number;
  readonly people: PeopleView;
  /** Answers with its card. */
  readonly show: Token;
}

export interface ClosedCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly state: ClosedState;
  readonly at: Date;
  readonly askedBy: string;
  /** Everybody who had approved by then. */
  readonly approvedBy?: readonly string[];
  /** Checks the server again, which makes a new plan when one is needed. */
  readonly again?: Token;
}

const fill = cardTemplate(template);

interface Words {
  readonly state: (typeof states)[keyof typeof states];
  readonly heading: OwnText;
  readonly sentence: readonly Part[];
  readonly next: OwnText;
}

function wordsOf(state: ClosedState, change: ChangeView): Words {
  switch (state.kind) {
    case 'declined':
      return {
        state: states.declined,
        heading: own`Nothing was changed`,
        sentence: [nameRun(state.by), own` declined this plan.`],
        next: own`Next: check again for a new plan.`,
      };
    case 'withdrawn':
      return {
        state: states.withdrawn,
        heading: own`Nothing was changed`,
        sentence: [
          nameRun(state.by),
          state.approved
            ? own` took this plan back before it started. It was approved.`
            : own` asked for this plan and took it back.`,
        ],
        next: own`Next: check again for a new plan.`,
      };
    case 'expired':
      if (state.approved) {
        return {
          state: states.expired,
          heading: own`Approved, but it could not start. Nothing was changed`,
          sentence: [
            own`It waited until its time was over. An old plan may not fit the server any more; a check makes a new one.`,
          ],
          next: own`Next: check again for a new plan.`,
        };
      }
      return {
        state: states.expired,
        heading: own`Nobody answered in ${counted(state.validMinutes, own`min`, own`min`)}. Nothing was changed`,
        sentence: [
          own`An old plan may not fit the server any more, so it cannot be approved later. A check makes a new one.`,
        ],
        next: own`Next: check again for a new plan.`,
      };
    case 'stale':
      return staleWords(state);
    case 'superseded':
      return {
        state: states.superseded,
        heading: own`A newer plan for this server replaces this one`,
        sentence: [own`Nothing was changed by this plan. Its card stands further down.`],
        next: own`Next: use the newer card.`,
      };
    case 'taken-over':
      return {
        state: states.takenOver,
        heading: own`I stopped here and keep the backup`,
        sentence: [nameRun(state.by), own` finishes by hand. I do nothing more on this change.`],
        next: own`Next: check again when it is done.`,
      };
    case 'answered':
      return {
        state: states.answered,
        heading: own`Answered by change ${state.by.number}. This one stays not proven`,
        sentence: [
          own`${lostText(state.lost, change)}. The way back answers it: its card says what is true since then.`,
        ],
        next: own`Next: look at that change.`,
      };
    case 'unlocked':
      return {
        state: states.unlocked,
        heading: own`Unlocked by hand. What was done is not proven`,
        sentence: [
          own`${lostText(state.lost, change)}. `,
          nameRun(state.by),
          own` released the lock: `,
          ...quoted(state.reason),
          own`. Other changes may run.`,
        ],
        next: own`Next: check again.`,
      };
    case 'cancelled':
      return {
        state: states.cancelled,
        heading: own`A server before it did not end well. Nothing was changed`,
        sentence:
          state.after === undefined
            ? [own`A batch stops at the first server that does not end well. This one was not started.`]
            : [own`The batch stopped at `, nameRun(state.after), own`. This server was not started.`],
        next: own`Next: check again for a new plan.`,
      };
  }
}

const staleHeadings = {
  file: own`The file changed after the approval. Nothing was written`,
  module: own`The module changed after the approval. Nothing was written`,
  policy: own`The policy changed after the approval. Nothing was written`,
  approval: own`An approval does not stand any more. Nothing was written`,
} as const;

function staleSentence(state: Extract<ClosedState, { kind: 'stale' }>): readonly Part[] {
  switch (state.why) {
    case 'approval':
      return [
        nameRun(state.who),
        own` may no longer approve changes on this server. I asked again when the change was to start.`,
      ];
    case 'module':
      return [
        own`The module on the server is no longer the one that was approved. Somebody installed another version.`,
      ];
    case 'policy':
      return [
        own`The policy of this server is no longer the one that the plan names, so its approvals do not count.`,
      ];
    default:
      return [
        own`The web.config on the server is no longer the one that was approved. Somebody or something else wrote it.`,
      ];
  }
}

function staleWords(state: Extract<ClosedState, { kind: 'stale' }>): Words {
  return {
    state: states.stale,
    heading: staleHeadings[state.why ?? 'file'],
    sentence: staleSentence(state),
    next: own`Next: check again.`,
  };
}

/** 4.15: a plan that is closed. */
export function closedCard(data: ClosedCardData): Card {
  const { change, state, view } = data;
  const words = wordsOf(state, change);
  return fill(said`${words.state.word}: ${summaryName(change.server)}. ${words.heading}. ${words.next}`, {
    strip: strip({ state: words.state, server: change.server, heading: words.heading }),
    sentence: paragraph(words.sentence),
    answer: state.kind === 'answered' ? recordLine(state.by.people, view, state.by.number) : [],
    what: smallLine([own`The plan: ${workText(change)}.`]),
    people: smallLine(
      [
        numberWords(change.number),
        ...whoDecided({ askedBy: data.askedBy, approvedBy: data.approvedBy ?? [] }),
        own`. Closed ${recordTimeText(data.at, view)}.`,
      ],
      'None',
    ),
    buttons: buttonRow([
      ...(state.kind === 'answered'
        ? [press({ show: state.by.number }, state.by.show, { first: true })]
        : []),
      ...(data.again === undefined || state.kind === 'superseded'
        ? []
        : [press('Check again', data.again, state.kind === 'answered' ? {} : { first: true })]),
    ]),
  });
}
