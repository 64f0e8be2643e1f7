import { buttonRow, fold, press, toggle } from './blocks/buttons.ts';
import { pastStep, quietSteps } from './blocks/change-steps.ts';
import { container } from './blocks/element.ts';
import { mendingBlock } from './blocks/mending.ts';
import { peopleOfList } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import { type Part, run, textLine } from './blocks/text-line.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import { codedText } from './coded-text.ts';
import { durationText } from './duration-text.ts';
import template from './failed.json' with { type: 'json' };
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName, withSingleStops } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';

/** How the server stands after a change that did not work. */
export type FailedState =
  /** Nothing was written. */
  | { readonly kind: 'unchanged' }
  /** The backup was put back and the restart after it was seen. `limit`: what the file holds again. */
  | { readonly kind: 'restored'; readonly limit?: number; readonly serviceAnswers: boolean }
  /** The new file is there; what followed did not work, and nothing was put back. */
  | { readonly kind: 'written'; readonly limit?: number; readonly serviceAnswers: boolean | 'not-known' }
  /** The new file is there, and no restart was seen: the service goes on with what it read before. */
  | { readonly kind: 'not-restarted'; readonly limit?: number };

export interface FailedCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly steps: readonly ChangeStepView[];
  /** Why it failed; outside text ("the file is read-only", "HTTP 503"). */
  readonly reason: string;
  /** What to do about it; outside text, one or two sentences. */
  readonly remedy?: string;
  readonly state: FailedState;
  /** Name of the backup on the server. */
  readonly backup?: string;
  /** As on the card of a change that succeeded. Outside text. */
  readonly leftDifferent?: readonly string[];
  /** Answer with the commands of `leftDifferent`. Takes the place of all steps. */
  readonly commandAsText?: Token;
  readonly people: PeopleView;
  readonly checkAgain: Token;
  /** Makes a plan that restarts and leaves the file as it is: the first button where no restart was seen. */
  readonly planRestart?: Token;
  /** Makes a new plan that puts the backup back. */
  readonly rollBack?: Token;
}

const fill = cardTemplate(template);

const headings: Readonly<Record<FailedState['kind'], OwnText>> = {
  unchanged: own`The change did not work. The file was not changed.`,
  restored: own`The change did not work. The old file is back.`,
  written: own`The new file is there, what follows did not work`,
  'not-restarted': own`The new file is there, a restart was not seen`,
};

const stripStates = {
  unchanged: states.failed,
  restored: states.failedRestored,
  written: states.failed,
  'not-restarted': states.writtenNotActive,
} as const;

/** The next step as the summary says it. */
const nextWords: Readonly<Record<FailedState['kind'], OwnText>> = {
  unchanged: own`remove the cause, then check again`,
  restored: own`look at the system log of the server`,
  written: own`look at the system log of the server`,
  'not-restarted': own`plan the restart`,
};

function answers(service: boolean | 'not-known'): OwnText {
  if (service === 'not-known') return own`whether the service answers is not known`;
  return service ? own`the service answers` : own`the service does not answer`;
}

/** Where the server stands: title and line of the emphasised block. */
function standing(
  state: FailedState,
  { work }: ChangeView,
): { readonly title: OwnText; readonly line: readonly Part[] } {
  const limit = (value: number | undefined) => (value === undefined ? own`` : own`Limit ${value}, `);
  switch (state.kind) {
    case 'unchanged':
      return { title: own`You are where you were before`, line: [own`Nothing was written.`] };
    case 'restored': {
      const fails = work.kind === 'raise' ? own` Longer lists are still refused with 80244007.` : own``;
      const title = state.serviceAnswers
        ? own`You are where you were before`
        : own`The file is where it was before`;
      return { title, line: [own`${limit(state.limit)}${answers(state.serviceAnswers)}.${fails}`] };
    }
    case 'written':
      return {
        title: own`The file is the new one`,
        line: [own`${limit(state.limit)}${answers(state.serviceAnswers)}. I put nothing back.`],
      };
    case 'not-restarted':
      return {
        title: own`The file is the new one, not in use yet`,
        line: [own`${limit(state.limit)}the service goes on with what it read before.`],
      };
  }
}

function nextOf({ state, remedy, planRestart, startedAt, view }: FailedCardData) {
  const cure: readonly (readonly Part[])[] = remedy === undefined ? [] : [[codedText(remedy, 240)]];
  if (state.kind === 'unchanged') {
    return nextBlock(
      [own`Next: remove the cause, then check again`],
      cure.length > 0 ? cure : [[own`A check makes a new plan.`]],
      'no rule',
    );
  }
  if (state.kind === 'not-restarted') {
    return planRestart === undefined
      ? nextBlock([own`Next: check the server again`], cure)
      : nextBlock(
          [own`Next: plan the restart`],
          [[own`It leaves the file as it is and runs only after an approval.`]],
        );
  }
  return nextBlock(
    [own`Next: find out why the service did not come back`],
    [
      [
        own`System log, source `,
        run(own`WAS`, { bold: true }),
        own`, events 5002 and 5117, from ${timeText(startedAt, view)}.`,
      ],
      ...cure,
    ],
    'no rule',
  );
}

/** 4.10: what did not work, where the server stands now, and what to look at. */
export function failedCard(data: FailedCardData): Card {
  const { change, state, steps, view } = data;
  const heading = headings[state.kind];
  const strips = stripStates[state.kind];
  const { title, line } = standing(state, change);
  const begun = steps.filter((step) => step.state !== 'later');
  const shown = begun.filter((step) => step.state !== 'done' || !quietSteps.includes(step.step));
  const hidden = data.commandAsText === undefined ? begun.length - shown.length : 0;
  return fill(
    withSingleStops(
      said`${strips.word} on ${summaryName(change.server)}: ${heading}. ${title}. Next: ${nextWords[state.kind]}.`,
    ),
    {
      strip: strip({
        state: strips,
        server: change.server,
        extra: [own`took ${durationText(data.endedAt.getTime() - data.startedAt.getTime())}`],
        heading,
      }),
      sentence: paragraph([own`It stopped: `, codedText(data.reason, 240)]),
      steps:
        shown.length === 0
          ? []
          : [
              container(
                shown.map((step) => pastStep(step, change, view)),
                { spacing: 'Medium' },
              ),
            ],
      standTitle: title,
      stand: textLine(line, {}, { spacing: 'None' }),
      leftDifferent: mendingBlock(data.leftDifferent ?? []),
      next: nextOf(data),
      people: peopleOfList(data.people, data.endedAt, view, change.number),
      buttons: buttonRow([
        data.planRestart === undefined
          ? press('Check again', data.checkAgain)
          : press('Plan the restart', data.planRestart),
        ...(data.rollBack === undefined ? [] : [press('Roll back', data.rollBack)]),
        ...(data.commandAsText === undefined ? [] : [press('Command as text', data.commandAsText)]),
        ...(hidden > 0 ? [toggle('All steps')] : []),
      ]),
      fold: hidden > 0 ? fold([container(begun.map((step) => pastStep(step, change, view)))]) : [],
    },
  );
}
