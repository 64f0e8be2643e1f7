import type { ChangeStepView, ChangeView } from '../change-view.ts';
import { stepText } from '../change-words.ts';
import { codedText } from '../coded-text.ts';
import { durationText, wholeDurationText } from '../duration-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { bareSecondsText, secondsText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { Element } from './element.ts';
import { stepRow } from './step.ts';
import type { Part } from './text-line.ts';

/** Steps that need no line of their own on the card of a change that ended badly, once they went well. */
export const quietSteps: readonly ChangeStepView['step'][] = ['read', 'backup', 'verify-file'];

function reasonOf(step: ChangeStepView): readonly Part[] | undefined {
  return step.reason === undefined ? undefined : [codedText(step.reason, 160)];
}

/** What was seen of a step that is done; nothing when there is nothing to add. */
function seenOf(step: ChangeStepView, { work }: ChangeView): readonly Part[] | undefined {
  if (step.state !== 'done') return undefined;
  if (step.step === 'read') return [own`as approved`];
  if (step.step === 'verify-file') return [own`both hashes agree`];
  const second = work.kind === 'restart' ? undefined : work.edits[1];
  if (step.step === 'write' && second !== undefined) return [own`${second.from} to ${second.to}`];
  return undefined;
}

/** A step of a change that runs: how long it took, or since when it goes on. */
export function runningStep(step: ChangeStepView, change: ChangeView, view: View): Element {
  const { startedAt, endedAt, state } = step;
  const elapsed = startedAt === undefined ? undefined : (endedAt ?? view.now).getTime() - startedAt.getTime();
  let time: OwnText | undefined;
  if (elapsed !== undefined && state !== 'later') {
    time = state === 'now' ? wholeDurationText(elapsed) : durationText(elapsed);
  }
  const since: readonly Part[] | undefined =
    state === 'now' && startedAt !== undefined ? [own`since ${secondsText(startedAt, view)}`] : undefined;
  const detail = reasonOf(step) ?? since ?? seenOf(step, change);
  return stepRow({
    mark: state,
    what: [stepText(step.step, change)],
    ...(detail !== undefined && { detail }),
    ...(time !== undefined && { time }),
  });
}

/** A step of a change that ended: when it ended. */
export function pastStep(step: ChangeStepView, change: ChangeView, view: View): Element {
  const at = step.endedAt ?? step.startedAt;
  const detail = reasonOf(step) ?? seenOf(step, change);
  return stepRow({
    mark: step.state,
    what: [stepText(step.step, change)],
    ...(detail !== undefined && { detail }),
    ...(at !== undefined && { time: bareSecondsText(at, view) }),
  });
}
