import { buttonRow, press } from './blocks/buttons.ts';
import { runningStep } from './blocks/change-steps.ts';
import type { Element } from './blocks/element.ts';
import { allOf, glassLine, nameRun, votesOf } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import { doingText, workText } from './change-words.ts';
import { wholeDurationText } from './duration-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import template from './running.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { secondsText } from './time-text.ts';
import type { View } from './view.ts';

/** `view.now` is the time of this update. */
export interface RunningCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly steps: readonly ChangeStepView[];
  readonly people: PeopleView;
  readonly showState: Token;
}

const fill = cardTemplate(template);

function headingOf({ steps, change }: RunningCardData): OwnText {
  const at = steps.findIndex((step) => step.state === 'now');
  const now = steps[at];
  if (now !== undefined) return own`Step ${at + 1} of ${steps.length}: ${doingText(now.step, change)}`;
  const next = steps.find((step) => step.state === 'later');
  return next === undefined
    ? own`All steps are done, the result follows`
    : own`Next: ${doingText(next.step, change)}`;
}

/** Who said yes and when; who asked, where nobody had to. */
function decidedLines(people: PeopleView, view: View): readonly Element[] {
  const { askedBy, brokeGlass } = people;
  if (brokeGlass !== undefined) {
    return [
      smallLine([own`Run alone by `, nameRun(brokeGlass.by), own` at ${secondsText(brokeGlass.at, view)}`]),
      ...glassLine(people),
    ];
  }
  const votes = votesOf(people);
  if (votes.length === 0) return [smallLine([own`Asked by `, nameRun(askedBy)])];
  const last = votes.at(-1)?.at;
  return [
    smallLine([
      own`Approved by `,
      ...allOf(votes.flatMap(({ by }) => (by === undefined ? [] : [by]))),
      ...(last === undefined ? [] : [own` at ${secondsText(last, view)}`]),
    ]),
  ];
}

/** 4.8: calm. No cancel: a half-done write is worse. */
export function runningCard(data: RunningCardData): Card {
  const { change, people, steps, view } = data;
  const back = change.work.kind === 'roll-back' || steps.some((step) => step.step.startsWith('undo-'));
  const heading = headingOf(data);
  return fill(
    said`${back ? own`Rolling back` : own`Running`}: ${workText(change)} on ${summaryName(change.server)}. ${heading}.`,
    {
      strip: strip({
        state: back ? states.rollingBack : states.running,
        server: change.server,
        extra: [own`${wholeDurationText(view.now.getTime() - data.startedAt.getTime())} so far`],
        heading,
      }),
      steps: steps.map((step) => runningStep(step, change, view)),
      approved: decidedLines(people, view),
      updated: smallLine(
        [own`Updated ${secondsText(view.now, view)}. You can close Teams, the change goes on.`],
        'None',
      ),
      buttons: buttonRow([press('Show current state', data.showState)]),
    },
  );
}
